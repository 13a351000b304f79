"""One month's figures as an XLSX file: the table, and why letters were not accepted."""

from __future__ import annotations

from typing import Any

from mailbox.figures.counting import TITLES
from mailbox.figures.report import Line, Report
from portal.documents.spreadsheet import MEDIA_TYPE, Sheet
from portal.documents.spreadsheet import workbook as written

HEADS = (
    "单位",
    *TITLES.values(),
    "平均办理工作日",
    "办理工作日中位数",
    "解决程度平均分",
    "态度平均分",
    "满意率（%）",
)
__all__ = ["HEADS", "MEDIA_TYPE", "workbook"]


def workbook(found: Report) -> bytes:
    """The file."""
    title = f"{found.title}：不予受理情形"
    reasons = [(cell.title, cell.value) for cell in found.total.reasons]
    return written(
        [
            Sheet(
                "办理统计",
                found.title,
                HEADS,
                [_values(line) for line in found.lines],
                (22, *(11 for _ in HEADS[1:])),
            ),
            Sheet("不予受理情形", title, ("情形", "件数"), reasons, (50,)),
        ]
    )


def _values(line: Line) -> list[Any]:
    ratings = line.ratings
    rated = (ratings.solved, ratings.attitude, ratings.satisfied) if ratings is not None else (None,) * 3
    return [line.name, *(cell.value for cell in line.cells), line.count.average, line.count.middle, *rated]
