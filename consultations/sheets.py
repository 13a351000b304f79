"""The tables of a consultation as workbooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from consultations.queries import FeedbackRow
from portal.documents.spreadsheet import MEDIA_TYPE, Sheet, workbook

__all__ = ["MEDIA_TYPE", "comments_sheet", "feedback_sheet"]


def feedback_sheet(case: Any, rows: Sequence[FeedbackRow], totals: Any) -> bytes:
    """The table of adoption, as everyone may read it."""
    table = Sheet(
        "采纳情况",
        f"{case.title}：意见采纳情况",
        ("序号", "条款", "意见内容", "相同意见条数", "采纳情况", "理由、说明", "对应的修改"),
        (
            (
                row.number,
                row.clause,
                row.text,
                row.senders,
                row.outcome_label,
                row.reason,
                row.target,
            )
            for row in rows
        ),
        (6, 16, 50, 10, 12, 40, 24),
    )
    counts = Sheet(
        "汇总", f"{case.title}：采纳情况汇总", ("采纳情况", "意见条数"), totals.by_outcome, (20, 12)
    )
    return workbook([table, counts])


def comments_sheet(case: Any, comments: Iterable[Any]) -> bytes:
    """Every comment, for work inside the unit; nothing that names its writer."""
    comments = list(comments)
    same = Counter((row.group_id, row.clause_id, row.attitude) for row in comments)
    rows = (
        (
            row.number,
            row.clause.name if row.clause is not None else "全文",
            row.get_attitude_display(),
            row.get_writer_display(),
            row.text,
            row.get_channel_display(),
            f"{row.came_on:%Y-%m-%d}",
            same[row.group_id, row.clause_id, row.attitude] if row.group_id is not None else 1,
            row.disposition.get_outcome_display() if hasattr(row, "disposition") else "",
            row.disposition.reason if hasattr(row, "disposition") else "",
        )
        for row in comments
    )
    heads = ("序号", "条款", "态度", "身份", "意见内容", "渠道", "收到日", "相同意见条数", "采纳情况", "理由")
    widths = (6, 16, 10, 14, 60, 10, 12, 10, 12, 40)
    return workbook([Sheet("意见", f"{case.title}：收到的意见", heads, rows, widths)])
