"""The addresses whose GET writes, each with the tables and the reason; no other does (tests/integrity/test_reading.py)."""

from __future__ import annotations

_DRAWN = ("jobs_outboxjob",)
_ASKED = "文书尚未制成的，有人打开时补排一次制作任务（同一任务只排一次），不改变办件。"

WRITES_ON_GET: dict[str, tuple[tuple[str, ...], str]] = {
    "requests:detail": (
        ("cases_caseevent", "cases_clockentry", "requests_app_delivery"),
        "申请人本人（账号或者查询码）打开页面即收到在网上送达的文书，期限自此起算（《条例》第三十七条、第四十条的送达）；"
        "未登录、没有查询码的人打不开，邮件中的链接只打开查询框。",
    ),
    "requests:document": (_DRAWN, _ASKED),
    "mailbox:document": (_DRAWN, _ASKED),
    "hearings:document": (_DRAWN, _ASKED),
    "consultations:document": (_DRAWN, _ASKED),
    "courses:certificate": (_DRAWN, _ASKED),
    "workbench_requests:document": (_DRAWN, _ASKED),
    "workbench_mailbox:document": (_DRAWN, _ASKED),
}
