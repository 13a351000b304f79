"""Lanes: which work does not wait for which. Each is a process of its own, and bounds the time of one piece of work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """A queue of its own; `seconds` is what one job or one run of a schedule may take."""

    code: str
    title: str
    seconds: int


WORK, HEAVY, PAPERS, FILES = "work", "heavy", "papers", "files"
MAIL, TEXTS, INBOX = "mail", "texts", "inbox"
LANES = {
    lane.code: lane
    for lane in (
        Lane(WORK, "日常任务", 120),
        Lane(PAPERS, "制作文书", 90),
        Lane(FILES, "检查和制作附件", 300),
        Lane(MAIL, "发送邮件", 60),
        Lane(TEXTS, "发送短信", 60),
        Lane(INBOX, "收取邮件", 300),
        Lane(HEAVY, "大批量任务", 1800),
    )
}
