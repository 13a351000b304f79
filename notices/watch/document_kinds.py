"""The paper of the day's log."""

from notices.watch.choices import BASIS
from portal.documents.kinds import DocumentKind, register, register_series

register_series("duty_log", "值班读网", "读")
register(
    DocumentKind(
        code="duty_log",
        title="政府网站值班读网日志",
        series="duty_log",
        template="duty_log",
        facts=("day", "reader", "leader", "seen", "note", "sha256"),
        statute=BASIS,
        internal=True,
        addressee="",
        sample={
            "day": "2026年3月16日",
            "reader": "李梅",
            "leader": "赵强",
            "seen": {
                "published": ["关于部分片区停水的通告"],
                "changed": [],
                "alarms": [],
                "links": ["https://example.org/old"],
                "columns": ["红塔区·通知公告"],
                "late": [],
                "reports": ["E2026-00003"],
            },
            "note": "首页和各栏目可以正常打开，一个外部链接打不开，已转维护单位。",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
    )
)
