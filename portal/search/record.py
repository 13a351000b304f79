"""Reading the record for an answer: few short statements, because every search pays for them.

The statements are fixed texts with parameters; building them anew by the ORM took longer than running them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models.base import ModelState

from portal.search.models import SearchEntry
from portal.units.models import Unit

MOST_READ = 20_000
KEPT_TIMES = 60
_SHOWN = ("id", "kind", "key", "title", "body", "unit_id", "published_on", "url", "chip", "validity")
_COLUMNS = (
    "id, kind, key, title, substr(body, 1, %s), unit_id, published_on, url, chip, validity, attached <> ''"
)


@dataclass
class _Units:
    """The units as they were read last; a new name shows after half a minute."""

    read_at: float = float("-inf")
    rows: dict[int, Unit] = field(default_factory=dict)


_units = _Units()


def texts_in_record(numbers: list[int]) -> dict[int, tuple[str, str]]:
    """Folded titles and the beginning of folded texts by row, as the record has them now."""
    if not numbers:
        return {}
    marks = ",".join(["%s"] * len(numbers))
    statement = f"SELECT id, title, substr(folded, 1, %s) FROM search_searchentry WHERE id IN ({marks})"  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, [MOST_READ, *numbers])
        return {number: (folded[: len(title)], folded) for number, title, folded in cursor.fetchall()}


def shown_entries(numbers: Sequence[int]) -> list[SearchEntry]:
    """Rows as the page shows them, with their units; of long texts the beginning, nothing of the attachments."""
    if not numbers:
        return []
    marks = ",".join(["%s"] * len(numbers))
    statement = f"SELECT {_COLUMNS} FROM search_searchentry WHERE id IN ({marks})"  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, [MOST_READ, *numbers])
        rows = cursor.fetchall()
    units = known_units()
    found = []
    for pk, kind, key, title, body, unit_id, day, url, chip, validity, has_attached in rows:
        published_on = date.fromisoformat(day) if isinstance(day, str) else day
        values = (pk, kind, key, title, body, unit_id, published_on, url, chip, validity)
        entry = _row(zip(_SHOWN, values, strict=True), units.get(unit_id) if unit_id else None)
        entry.__dict__["attached"] = "…" if has_attached else ""
        found.append(entry)
    return found


def _row(values: Iterable[tuple[str, object]], unit: Unit | None) -> SearchEntry:
    """A row as Model.from_db() makes it, without walking through all fields: a page has twenty of them."""
    entry = SearchEntry.__new__(SearchEntry)
    entry._state = ModelState()
    entry._state.adding, entry._state.db = False, connection.alias
    entry.__dict__.update(values)
    entry._state.fields_cache["unit"] = unit
    return entry


def known_units() -> dict[int, Unit]:
    """The units by their numbers."""
    now = time.monotonic()
    if now - _units.read_at >= settings.PORTAL_SEARCH_SURE_SECONDS * KEPT_TIMES:
        _units.rows, _units.read_at = Unit.objects.in_bulk(), now
    return _units.rows
