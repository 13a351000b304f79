"""A sealed result as a workbook and as CSV; both read the same data as the page."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from portal.documents.spreadsheet import MEDIA_TYPE, Sheet, safe, workbook

__all__ = ["MEDIA_TYPE", "result_csv", "result_sheet", "rows_of"]

HEADS = ("题号", "题目", "项目", "选项", "数量")


def rows_of(data: dict[str, Any]) -> list[tuple[Any, ...]]:
    """One row for each thing that was counted."""
    rows: list[tuple[Any, ...]] = []
    for question in data["questions"]:
        start = (question["id"], question["title"])
        rows.append((*start, "作答人数", "", question["answered"]))
        for option in question.get("options", []):
            what = "得分" if "first" in option else "票数"
            rows.append((*start, what, option["text"], option["count"]))
        for mark in question.get("marks", []):
            rows.append((*start, "分布", str(mark["value"]), mark["count"]))
        if question.get("mean") is not None:
            rows.append((*start, "平均", "", question["mean"]))
        for row in question.get("rows", []):
            rows += [(*start, row["text"], option["text"], option["count"]) for option in row["options"]]
        rows += [(*start, "文字", group["text"], group["count"]) for group in question.get("texts", [])]
    return rows


def result_sheet(case: Any, tally: Any) -> bytes:
    """The result, the turnout by day, and where it was sealed."""
    data = tally.data
    facts = [
        ("有效选票", data["ballots"]),
        ("剔除选票", data["excluded"]),
        *([("签发的参与码", data["tokens"])] if "tokens" in data else []),
        ("结果摘要", tally.sha256),
        ("问卷摘要", data["definition_sha256"]),
    ]
    return workbook(
        [
            Sheet("结果", f"{case.title}：结果", HEADS, rows_of(data), (8, 40, 16, 40, 10)),
            Sheet("参加人数", f"{case.title}：每日参加人数", ("日期", "人数"), data["turnout"], (16, 10)),
            Sheet("封存", f"{case.title}：封存信息", ("项目", "内容"), facts, (16, 70)),
        ]
    )


def result_csv(tally: Any) -> bytes:
    """The result as CSV with a byte-order mark, so that a spreadsheet reads the Chinese."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(HEADS)
    for row in rows_of(tally.data):
        writer.writerow([safe(str(value)) if isinstance(value, str) else value for value in row])
    return target.getvalue().encode("utf-8-sig")
