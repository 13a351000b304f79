"""The report as a printed page: from figures counted now, or from a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.template.loader import render_to_string

from requests_app.annual import layout
from requests_app.annual.entered import Texts
from requests_app.annual.fees import Fees
from requests_app.annual.rows import COLUMNS, REMEDY_COLUMNS

LAYOUT_NOTICE = (
    "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    "（国办公开办函〔2021〕30号）"
)
Counts = Mapping[tuple[str, str], int]


class Tables(Protocol):
    """What a report is printed from."""

    @property
    def year(self) -> int: ...

    @property
    def table2(self) -> Counts: ...

    @property
    def table3(self) -> Counts: ...


def lines(tables: Tables, values: Mapping[str, Decimal | None]) -> dict[str, Any]:
    """The three tables as lines of cells, with their columns."""
    return {
        "table1": layout.table1(values),
        "table2": layout.table2(tables.table2),
        "columns": COLUMNS,
        "table3": layout.table3(tables.table3),
        "results": REMEDY_COLUMNS,
    }


def html(
    name: str,
    tables: Tables,
    values: Mapping[str, Decimal | None],
    texts: Texts,
    issued_on: date,
    missing: str = "",
    fees: Fees | None = None,
) -> str:
    """The paper's page; `missing` says whose reports are not in it, and why; `fees` go into part six."""
    facts = {
        "name": name,
        "year": tables.year,
        "notice": LAYOUT_NOTICE,
        "texts": texts,
        "issued_on": issued_on,
        "missing": missing,
        "fees": fees.sentence if fees is not None else "",
        **lines(tables, values),
    }
    return render_to_string("documents/annual_report.html", {"f": facts})
