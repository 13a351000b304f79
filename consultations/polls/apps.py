"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "consultations.polls"
    label = "polls"
    verbose_name = "投票调查"

    def ready(self) -> None:
        from consultations.polls.actions.counting import is_public, reindex, search_key, shown_digest
        from consultations.polls.choices import KIND, State
        from consultations.polls.models import Poll
        from consultations.polls.tracking import ballot_of_receipt
        from portal.cases.registry import CaseKind, register_kind
        from portal.publishing.registry import Desk, Face, register_desk, register_face
        from portal.units.choices import Role
        from portal.web.tracking import register_receipt

        register_receipt(ballot_of_receipt)
        register_desk(Desk(KIND, "poll", ("open_poll", "edit_poll")))
        register_desk(Desk(KIND, "ballot", ("compose_ballot",)))
        register_face(Face(KIND, is_public, shown_digest, search_key, reindex))
        register_kind(
            CaseKind(
                code=KIND,
                title="投票调查",
                prefix="T",
                model=Poll,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_polls:detail",
                citizen_url="polls:detail",
                state_labels=dict(State.choices),
                turns={"approved": (), "counted": (Role.APPROVER,)},
            )
        )
