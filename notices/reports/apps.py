"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "notices.reports"
    label = "reports"
    verbose_name = "网页纠错"

    def ready(self) -> None:
        from notices.reports.choices import KIND, State
        from notices.reports.models import ErrorReport
        from portal.cases.registry import CaseKind, register_kind
        from portal.units.choices import Role

        register_kind(
            CaseKind(
                code=KIND,
                title="网页纠错",
                prefix="E",
                model=ErrorReport,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_reports:detail",
                citizen_url="reports:status",
                state_labels=dict(State.choices),
                turns={"reported": (Role.CLERK, Role.PUBLISHER)},
                typed_title=True,
                contact=lambda case: (case.email, ""),
            )
        )
