"""Where a request counts in the annual report (国办公开办函〔2021〕30号, tables 2 and 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.oracle.model.facts import Request

ROWS = {
    "disclose": "disclosed",
    "already_public": "disclosed",
    "partial": "partial",
    "inquiry": "refused_inquiry",
    "not_held": "unavailable_not_held",
    "not_ours": "unavailable_not_held",
    "needs_creation": "unavailable_needs_creation",
    "unclear": "unavailable_unclear",
}
UNSAID = "?"


def _row(kind: str, ground: str, reason: str) -> str:
    if kind == "refuse":
        return f"refused_{ground}"
    if kind == "not_processed":
        return f"unprocessed_{reason}"
    return ROWS[kind]


def row_of(matters: Sequence[tuple[str, str, str]]) -> str:
    """The row of an answer; where part is given and part withheld, that one row and no other (区分处理)."""
    rows = {_row(*matter) for matter in matters}
    if len(rows) == 1:
        return rows.pop()
    gives = rows & {"disclosed", "partial"}
    return "partial" if gives else UNSAID


def counts(request: Request, year: int) -> dict[str, str]:
    """The rows in which the request counts in that year: new or carried over, and its outcome or carried forward.

    A request counts once, in the year of its first ending, as the last ending of that year says (ADR 16, endings).
    """
    received = request.received_on or request.submitted_on
    ended = request.endings[0].on.year if request.endings else None
    if received.year > year or (ended is not None and ended < year):
        return {}
    found = {"in": "new" if received.year == year else "carried_over"}
    if ended == year:
        found["out"] = [one for one in request.endings if one.on.year == year][-1].row
    else:
        found["out"] = "carried_forward"
    return found


def remedies(request: Request, year: int) -> list[tuple[str, str]]:
    """Table 3: what was filed by the year's end and not ended in an earlier year, each with its result of then."""
    if len({one.kind for one in request.remedies}) < len(request.remedies):
        return [(UNSAID, "entered twice, or filed again")]
    counted = [one for one in request.remedies if one.filed_on.year <= year]
    counted = [one for one in counted if one.ended_on is None or one.ended_on.year >= year]
    over = [one.ended_on is not None and one.ended_on.year == year for one in counted]
    return sorted(
        (one.kind, one.result if ended else "pending") for one, ended in zip(counted, over, strict=True)
    )


def last_day_of(year: int) -> date:
    """New Year's Eve."""
    return date(year, 12, 31)
