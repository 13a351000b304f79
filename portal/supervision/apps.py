"""App configuration: tells the docket of the orders, and of what they write into other cases' logs."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "portal.supervision"
    label = "supervision"
    verbose_name = "监督"

    def ready(self) -> None:
        from portal.cases.registry import CaseKind, register_kind, register_notes
        from portal.supervision.choices import (
            ASSESSMENT,
            KIND,
            LABELS,
            PANEL,
            AssessmentState,
            PanelState,
            State,
        )
        from portal.supervision.models import Assessment, Indicator, Panel, SupervisionOrder
        from portal.units.choices import Role
        from portal.web.rules import RuleTable, register_rules

        register_notes(LABELS)
        register_kind(
            CaseKind(
                code=KIND,
                title="督办事项",
                prefix="D",
                model=SupervisionOrder,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="supervision:order",
                citizen_url="supervision:order",
                state_labels=dict(State.choices),
                turns={"issued": (Role.CLERK, Role.APPROVER), "reported": ()},
            )
        )
        register_kind(
            CaseKind(
                code=ASSESSMENT,
                title="考核",
                prefix="K",
                model=Assessment,
                states=tuple(value for value in AssessmentState.values if value != AssessmentState.NEW),
                staff_url="supervision:assessment",
                citizen_url="supervision:assessment",
                state_labels=dict(AssessmentState.choices),
                turns=dict.fromkeys(AssessmentState.values, ()),
            )
        )
        register_kind(
            CaseKind(
                code=PANEL,
                title="答复抽查",
                prefix="C",
                model=Panel,
                states=tuple(value for value in PanelState.values if value != PanelState.NEW),
                staff_url="supervision:panel",
                citizen_url="supervision:panel",
                state_labels=dict(PanelState.choices),
                turns=dict.fromkeys(PanelState.values, ()),
            )
        )
        register_rules(
            RuleTable(
                "indicators",
                "考核指标和权重",
                Indicator,
                (("title", "指标"), ("weight", "权重"), ("source", "依据")),
                ("weight", "source"),
                "修改只影响以后计算的考核；没有可以评价的事项时，权重分给其他指标。",
            )
        )
