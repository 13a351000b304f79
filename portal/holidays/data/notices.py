"""The State Council's notices that ship with the portal: 2004 to 2026.

notices.json holds, by year, the document's number (or "国务院办公厅当年通知" where it is not certain), a note, the
days off as [first, last, name] with both ends included, and the weekend days worked as [day, name].
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from portal.core.workdays import YearNotice

FILE = Path(__file__).with_name("notices.json")


@dataclass(frozen=True)
class ShippedNotice:
    """One year's notice as shipped, with the note that explains later changes."""

    notice: YearNotice
    note: str


@cache
def shipped_notices() -> dict[int, ShippedNotice]:
    """The shipped notices by year."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    return {int(year): _notice(int(year), entry) for year, entry in raw.items()}


def _notice(year: int, entry: dict[str, list[list[str]]]) -> ShippedNotice:
    off = tuple((date.fromisoformat(a), date.fromisoformat(b), name) for a, b, name in entry["off"])
    work = tuple((date.fromisoformat(day), name) for day, name in entry["work"])
    return ShippedNotice(YearNotice(year, str(entry["document"]), off, work), str(entry["note"]))
