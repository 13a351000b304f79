"""App configuration: tells the docket of this kind of case."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    label = "notices"
    verbose_name = "信息发布"

    def ready(self) -> None:
        from notices.choices import KIND, WRITES, State
        from notices.models import AliveRule, Article
        from notices.shelf import SHELF
        from portal.cases.registry import CaseKind, register_kind, register_notes
        from portal.publishing.registry import Desk, register_desk
        from portal.records.rooms import register_shelf
        from portal.units.choices import Role
        from portal.web.rules import RuleTable, register_rules

        register_notes({"attach_file": "添加附件", "remove_file": "移除附件"})
        register_shelf(SHELF)
        register_desk(Desk(KIND, "article", WRITES))
        register_kind(
            CaseKind(
                code=KIND,
                title="信息发布",
                own_days_bind=True,
                prefix="F",
                model=Article,
                states=tuple(value for value in State.values if value != State.NEW),
                staff_url="workbench_notices:detail",
                citizen_url="notices:article",
                state_labels=dict(State.choices),
                turns={"approved": (Role.PUBLISHER,), "urgent": (Role.REVIEWER, Role.SECRECY_REVIEWER)},
            )
        )
        register_rules(
            RuleTable(
                "alive_rules",
                "栏目更新期限",
                AliveRule,
                (
                    ("title", "检查项"),
                    ("days", "天数（自然日）"),
                    ("warn_days", "提前提醒（自然日）"),
                    ("source", "来源"),
                ),
                ("days", "warn_days", "source"),
                "修改后下一次检查即按新的天数计算。",
            )
        )
