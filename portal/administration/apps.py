"""App configuration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "portal.administration"
    label = "administration"
    verbose_name = "系统管理"

    def ready(self) -> None:
        from portal.search.models import PlainWord
        from portal.web.rules import RuleTable, register_rules

        register_rules(
            RuleTable(
                "plain_words",
                "搜索用词",
                PlainWord,
                (("plain", "通俗说法"), ("official", "正式用语"), ("source", "来源"), ("in_use", "启用")),
                ("official", "source", "in_use"),
                "修改即刻影响搜索。",
                listed=False,
            )
        )
