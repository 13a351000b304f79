"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"
    verbose_name = "征集调查"

    def ready(self) -> None:
        from consultations.choices import KIND, State
        from consultations.models import PublicConsultation
        from portal.cases.registry import CaseKind, register_kind

        register_kind(
            CaseKind(
                code=KIND,
                title="意见征集",
                model=PublicConsultation,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_consultations:detail",
                citizen_url="consultations:detail",
                state_labels=dict(State.choices),
            )
        )
