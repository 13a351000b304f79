"""The tables as lines of cells, ready for a page, a paper or a sheet; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from requests_app.annual.rows import (
    COLUMNS,
    REMEDY_COLUMNS,
    REMEDY_ROWS,
    ROWS,
    SECTION,
    TABLE1,
    Row,
)

Counts = Mapping[tuple[str, str], int]
HEADS = 3


@dataclass(frozen=True)
class Head:
    """A heading cell before the figures; `level` is the column it begins in, from 0."""

    text: str
    level: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Cell:
    """One figure, and the codes that find what is behind it."""

    row: str
    column: str
    value: int


@dataclass(frozen=True)
class Line:
    """One line of a table: headings that begin here, then the figures."""

    code: str
    heads: tuple[Head, ...]
    cells: tuple[Cell, ...]


def table2(counts: Counts) -> list[Line]:
    """Table 2 as it is printed: headings up to three deep, seven figures a line."""
    lines = []
    section_size = sum(row.section == SECTION for row in ROWS)
    section_open = False
    for group, members in groupby(ROWS, key=lambda row: row.group):
        rows = list(members)
        for index, row in enumerate(rows):
            heads: list[Head] = []
            if row.section and not section_open:
                heads.append(Head(row.section, 0, rows=section_size))
                section_open = True
            if group and index == 0:
                heads.append(Head(group, 1, rows=len(rows)))
            heads.append(_own_head(row))
            cells = tuple(Cell(row.code, column, counts[row.code, column]) for column, _ in COLUMNS)
            lines.append(Line(row.code, tuple(heads), cells))
    return lines


def _own_head(row: Row) -> Head:
    level = 2 if row.group else 1 if row.section else 0
    return Head(row.text, level, columns=HEADS - level)


def table3(counts: Counts) -> list[Line]:
    """Table 3 with a line for each way of remedy and a column for each result."""
    return [
        Line(
            kind,
            (Head(label, 0),),
            tuple(Cell(kind, result, counts[kind, result]) for result, _ in REMEDY_COLUMNS),
        )
        for kind, label in REMEDY_ROWS
    ]


@dataclass(frozen=True)
class Part:
    """One part of table 1: its article, the heads, and (label, figures as text) for each row."""

    article: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def table1(values: Mapping[str, Decimal | None]) -> list[Part]:
    """Table 1 in its parts; a figure that nobody has entered is a dash."""
    return [
        Part(
            part.article,
            part.heads,
            tuple((row.label, tuple(as_text(values[code]) for code in row.codes)) for row in part.rows),
        )
        for part in TABLE1
    ]


def as_text(value: Decimal | None) -> str:
    """The figure without an exponent, a dash for none."""
    return "—" if value is None else f"{value:f}"
