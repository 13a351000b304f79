"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    name = "consultations.hearings"
    label = "hearings"
    verbose_name = "听证会"

    def ready(self) -> None:
        from consultations.hearings.actions.report import is_public, reindex, search_key, shown_digest
        from consultations.hearings.choices import KIND, State
        from consultations.hearings.models import Hearing
        from portal.cases.registry import CaseKind, register_kind
        from portal.publishing.registry import Desk, Face, register_desk, register_face
        from portal.units.choices import Role

        register_face(Face(KIND, is_public, shown_digest, search_key, reindex))
        register_desk(Desk(KIND, "hearing", ("open_hearing", "edit_hearing"), (Role.REVIEWER, Role.APPROVER)))
        register_desk(
            Desk(
                KIND,
                "hearing_report",
                ("hold_hearing", "submit_report"),
                (Role.SECRECY_REVIEWER, Role.APPROVER),
            )
        )
        register_kind(
            CaseKind(
                code=KIND,
                title="听证会",
                prefix="H",
                model=Hearing,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_hearings:detail",
                citizen_url="hearings:detail",
                state_labels=dict(State.choices),
                turns={"announced": (), "drawn": ()},
            )
        )
