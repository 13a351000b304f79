"""App configuration: a check of the production cache, the limits of the door."""

from django.apps import AppConfig
from django.core import checks


class PortalWebConfig(AppConfig):
    name = "portal.web"
    label = "portal_web"
    verbose_name = "页面"

    def ready(self) -> None:
        from portal.web.checks import check_redis

        checks.register(check_redis, checks.Tags.security, deploy=True)

        from portal.web.signins import listen

        listen()

        from portal.web.models import GuestLimit, KnownNetworks
        from portal.web.rules import RuleTable, register_rules

        register_rules(
            RuleTable(
                "guest_limits",
                "访客提交限度",
                GuestLimit,
                (
                    ("title", "限度"),
                    ("minutes", "分钟数"),
                    ("most", "最多次数"),
                    ("most_known", "已登记网络最多次数"),
                    ("source", "来源"),
                ),
                ("minutes", "most", "most_known", "source"),
                "每种业务（申请、来信、纠错、意见等）分别计数；已核实邮箱的账号只计最后一项。修改后立即生效。",
            )
        )
        register_rules(
            RuleTable(
                "known_networks",
                "许多人共用少数地址的网络",
                KnownNetworks,
                (("title", "名称"), ("networks", "网段"), ("source", "来源")),
                ("networks", "source"),
                "机关、学校、图书馆等的出口网段，每行一个，例如 192.0.2.0/24；适用“已登记网络最多次数”。",
            )
        )
