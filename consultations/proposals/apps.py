"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "consultations.proposals"
    label = "proposals"
    verbose_name = "建言献策"

    def ready(self) -> None:
        from consultations.proposals.actions import is_public, reindex, search_key, shown_digest
        from consultations.proposals.choices import KIND, State
        from consultations.proposals.models import ProposalTopic
        from portal.cases.registry import CaseKind, register_kind
        from portal.publishing.registry import Desk, Face, register_desk, register_face
        from portal.units.choices import Role

        register_face(Face(KIND, is_public, shown_digest, search_key, reindex))
        register_desk(Desk(KIND, "topic_opening", ("name_topic", "edit_topic"), (Role.APPROVER,)))
        register_desk(Desk(KIND, "topic", ("draft_answer",), (Role.SECRECY_REVIEWER, Role.APPROVER)))
        register_kind(
            CaseKind(
                code=KIND,
                title="建言献策",
                prefix="J",
                model=ProposalTopic,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_proposals:detail",
                citizen_url="proposals:detail",
                state_labels=dict(State.choices),
                turns={"named": (Role.APPROVER,), "open": ()},
                typed_title=True,
            )
        )
