"""The identities that the tables must keep (国办公开办函〔2021〕30号表二): a sentence for each that is broken; pure."""

from __future__ import annotations

from collections.abc import Mapping

from requests_app.annual.rows import (
    CARRIED_FORWARD,
    CARRIED_OVER,
    COLUMNS,
    HANDLED,
    HANDLED_ROWS,
    NEW,
    PARTS,
    REMEDY_COLUMNS,
    REMEDY_RESULTS,
    REMEDY_ROW_TITLES,
    ROWS,
    TOTAL,
)

Counts = Mapping[tuple[str, str], int]


def broken(this: Counts, last: Counts, remedies: Counts, moved: Mapping[str, int] | None = None) -> list[str]:
    """Sentences about table 2 of this year, of last year, and table 3; empty when everything holds."""
    return [*within(this, remedies), *between(this, last, moved)]


def within(this: Counts, remedies: Counts) -> list[str]:
    """Sentences about tables 2 and 3 of one year alone."""
    return [*_columns(this), *_rows(this), *_remedies(remedies)]


def _columns(this: Counts) -> list[str]:
    found = []
    for column, title in COLUMNS:
        come = this[NEW, column] + this[CARRIED_OVER, column]
        gone = this[HANDLED, column] + this[CARRIED_FORWARD, column]
        if come != gone:
            found.append(f"“{title}”列：一加二为{come}，三（七）加四为{gone}，应当相等。")
        parts = sum(this[row.code, column] for row in HANDLED_ROWS)
        if this[HANDLED, column] != parts:
            found.append(f"“{title}”列：三（七）总计为{this[HANDLED, column]}，各项之和为{parts}，应当相等。")
    return found


def _rows(this: Counts) -> list[str]:
    found = []
    for row in ROWS:
        parts = sum(this[row.code, column] for column in PARTS)
        if this[row.code, TOTAL] != parts:
            found.append(f"“{row.title}”行：总计为{this[row.code, TOTAL]}，各列之和为{parts}，应当相等。")
    return found


def between(this: Counts, last: Counts, moved: Mapping[str, int] | None = None) -> list[str]:
    """Sentences about what one year carried over and the year before carried forward.

    `moved` are, by column, the requests that a unit was given by others since, less those that it gave away.
    """
    found = []
    for column, title in COLUMNS:
        net = (moved or {}).get(column, 0)
        over, forward = this[CARRIED_OVER, column], last[CARRIED_FORWARD, column]
        if over == forward + net:
            continue
        since = f"，年度之间由其他机关转入减去转出为{net}" if net else ""
        found.append(
            f"“{title}”列：本年上年结转为{over}，上年结转下年度为{forward}{since}，{'应当相符' if net else '应当相等'}。"
        )
    return found


def _remedies(remedies: Counts) -> list[str]:
    found = []
    for kind, title in REMEDY_ROW_TITLES.items():
        parts = sum(remedies[kind, result] for result, _ in REMEDY_RESULTS)
        total = remedies[kind, REMEDY_COLUMNS[-1][0]]
        if total != parts:
            found.append(f"表三“{title}”：总计为{total}，各项之和为{parts}，应当相等。")
    return found
