"""A report as it stood when it was handed in: the three tables, the texts, what did not hold; sums of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.documents.render.worker import render_pdf
from requests_app.annual import checks, printed
from requests_app.annual.entered import Texts
from requests_app.annual.fees import ROW, TITLE, Fees
from requests_app.annual.report import Report
from requests_app.annual.rows import (
    COLUMN_TITLES,
    ENTERED_TITLES,
    REMEDY_COLUMN_TITLES,
    REMEDY_ROW_TITLES,
    ROW_TITLES,
    TOTAL,
)
from requests_app.annual.workbook import workbook

Key = tuple[str, str]


@dataclass(frozen=True)
class Snapshot:
    """Tables 1 (by code), 2 and 3 (by row and column), the texts, and sentences about identities that do not hold.

    `fees` are those taken; a report that was handed in before they were counted has none, and keeps its digest.
    """

    name: str
    year: int
    values: Mapping[str, Decimal | None]
    texts: Texts
    table2: Mapping[Key, int]
    table3: Mapping[Key, int]
    broken: tuple[str, ...]
    fees: Fees | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data; `of_json` gives the same snapshot back."""
        kept: dict[str, Any] = {
            "name": self.name,
            "year": self.year,
            "values": {code: None if value is None else str(value) for code, value in self.values.items()},
            "texts": {
                "overview": self.texts.overview,
                "problems": self.texts.problems,
                "other": self.texts.other,
            },
            "table2": {f"{row}.{column}": number for (row, column), number in self.table2.items()},
            "table3": {f"{row}.{column}": number for (row, column), number in self.table3.items()},
            "broken": list(self.broken),
        }
        if self.fees is not None:
            kept["fees"] = {"requests": self.fees.requests, "yuan": self.fees.yuan}
        return kept

    def xlsx(self) -> bytes:
        """The three tables as a workbook."""
        return workbook(self.name, self, self, self.fees)

    def pdf(self, issued_on: date, missing: str = "") -> bytes:
        """The report as a paper of that day. Raises RenderFailed if it cannot be made."""
        return render_pdf(
            printed.html(self.name, self, self.values, self.texts, issued_on, missing, self.fees)
        )


def of_json(data: Mapping[str, Any]) -> Snapshot:
    """The snapshot that was kept."""
    return Snapshot(
        data["name"],
        data["year"],
        {
            code: None if data["values"].get(code) is None else Decimal(data["values"][code])
            for code in ENTERED_TITLES
        },
        Texts(**data["texts"]),
        _pairs(data["table2"]),
        _pairs(data["table3"]),
        tuple(data["broken"]),
        Fees(**data["fees"]) if "fees" in data else None,
    )


def _pairs(kept: Mapping[str, int]) -> dict[Key, int]:
    return {(key.partition(".")[0], key.partition(".")[2]): number for key, number in kept.items()}


def taken(report: Report) -> Snapshot:
    """A report as it stands now."""
    return Snapshot(
        report.name,
        report.year,
        dict(report.entered.values),
        report.entered.texts,
        report.figures.table2,
        report.figures.table3,
        tuple(report.broken),
        report.fees,
    )


def merged(name: str, year: int, texts: Texts, parts: Iterable[Snapshot]) -> Snapshot:
    """The sum of several reports of a year; a figure of table 1 or fees that nobody gave stay open.

    The identities are checked on the sum, but for the one with the year before, which each part answers for.
    """
    parts = list(parts)
    values: dict[str, Decimal | None] = {}
    for code in ENTERED_TITLES:
        given = [value for part in parts if (value := part.values.get(code)) is not None]
        values[code] = sum(given, Decimal(0)) if given else None
    empty2 = {(row, column): 0 for row in ROW_TITLES for column in COLUMN_TITLES}
    empty3 = {(row, column): 0 for row in REMEDY_ROW_TITLES for column in REMEDY_COLUMN_TITLES}
    table2 = {key: sum(part.table2.get(key, 0) for part in parts) for key in empty2}
    table3 = {key: sum(part.table3.get(key, 0) for part in parts) for key in empty3}
    told = [part.fees for part in parts if part.fees is not None]
    fees = sum(told, Fees()) if told else None
    return Snapshot(name, year, values, texts, table2, table3, tuple(checks.within(table2, table3)), fees)


@dataclass(frozen=True)
class Difference:
    """A figure that the log gives otherwise than what was handed in; row and column find what is behind it."""

    row: str
    column: str
    title: str
    handed_in: int
    now: int


def differences(kept: Snapshot, now: Snapshot) -> list[Difference]:
    """Where tables 2 and 3 differ, or the fees taken."""
    found = []
    if kept.fees is not None and now.fees is not None and kept.fees != now.fees:
        title = f"{TITLE}（元）"
        found.append(Difference(ROW, TOTAL, title, kept.fees.yuan, now.fees.yuan))
    for old, new, rows, columns in (
        (kept.table2, now.table2, ROW_TITLES, COLUMN_TITLES),
        (kept.table3, now.table3, REMEDY_ROW_TITLES, REMEDY_COLUMN_TITLES),
    ):
        for row, row_title in rows.items():
            for column, column_title in columns.items():
                before, after = old.get((row, column), 0), new.get((row, column), 0)
                if before != after:
                    found.append(Difference(row, column, f"{row_title}（{column_title}）", before, after))
    return found
