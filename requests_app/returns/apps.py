"""App configuration: tells the docket of the returns."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "requests_app.returns"
    label = "returns"
    verbose_name = "年度报告报送"

    def ready(self) -> None:
        from portal.cases.registry import CaseKind, register_kind
        from portal.units.choices import Role
        from requests_app.returns.choices import CITY_KIND, KIND, CityState, State
        from requests_app.returns.models import AnnualReturn, CityReport

        register_kind(
            CaseKind(
                code=KIND,
                title="年度报告报送",
                prefix="N",
                model=AnnualReturn,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_returns:detail",
                citizen_url="workbench_returns:detail",
                state_labels=dict(State.choices),
                turns={"submitted": (), "accepted": (), "returned": (Role.APPROVER,)},
            )
        )
        register_kind(
            CaseKind(
                code=CITY_KIND,
                title="全市年度报告",
                prefix="NC",
                model=CityReport,
                states=tuple(value for value in CityState.values if value != CityState.NEW),
                staff_url="workbench_returns:city_detail",
                citizen_url="workbench_returns:city_detail",
                state_labels=dict(CityState.choices),
                turns=dict.fromkeys(CityState.values, ()),
            )
        )
