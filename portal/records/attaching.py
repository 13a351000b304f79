"""What an answer says of the records that it gives: 附件说明 (GB/T 9704-2012, 7.3.4) and the annex of what was withheld."""

from __future__ import annotations

from typing import Any

from portal.cases.models import Case
from portal.core.wording import listed
from portal.records.choices import ARTICLES, Disposition, Ground
from portal.records.queries import Entry, entries_of

ANNEX = "政府信息提供情况一览表"


def attachments(case: Case, title: str = ANNEX) -> dict[str, Any]:
    """The facts `attachments` (names in order) and `annex` (tables, under that title); nothing for a case without records."""
    entries = [entry for entry in entries_of(case) if entry.record.disposition != Disposition.NOT_RESPONSIVE]
    given = [entry for entry in entries if entry.is_given and entry.copy is not None]
    withheld = [row for entry in entries for row in withheld_rows(entry)]
    if not entries:
        return {}
    names = [_name(entry) for entry in given]
    tables = []
    if given:
        rows = [
            [str(number), _name(entry), f"{entry.copy.pages}页", entry.copy.sha256]
            for number, entry in enumerate(given, 1)
            if entry.copy is not None
        ]
        tables.append(
            {
                "title": "一、提供的信息",
                "head": ["附件", "名称", "页数", "文件摘要（SHA-256）"],
                "rows": rows,
                "kind": "given",
            }
        )
    if withheld:
        tables.append(
            {
                "title": f"{'二' if given else '一'}、不予公开的内容",
                "head": ["名称", "位置", "理由", "依据"],
                "rows": withheld,
                "kind": "withheld",
            }
        )
    annex = {"number": len(names) + 1 if names else 0, "title": title, "tables": tables}
    return {"attachments": [*names, title], "annex": annex}


def _name(entry: Entry) -> str:
    record = entry.record
    return f"{record.title}{f'（{record.document_number}）' if record.document_number else ''}"


def withheld_rows(entry: Entry) -> list[list[str]]:
    """(name, place, reason, article) for everything of a record that is withheld."""
    record = entry.record
    if record.disposition == Disposition.WITHHOLD:
        ground = Ground(record.ground)
        return [[_name(entry), "全文", ground.label, f"条例{ARTICLES[ground]}"]]
    if entry.copy is None or not entry.is_given:
        return []
    articles = {ground.label: ARTICLES[ground] for ground in Ground}
    return [
        [_name(entry), f"第{listed(map(str, pages))}页，{count}处", label, f"条例{articles[label]}"]
        for label, pages, count in entry.copy.by_ground()
    ]
