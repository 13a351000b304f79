"""Finding in the database alone, while there is no index: every term as typed, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portal.core.asked import asked_year
from portal.core.numbering import number_spellings
from portal.core.segment import fold, query_terms
from portal.search.choices import Chip
from portal.search.kinds import KINDS
from portal.search.models import SearchEntry
from portal.search.spelling import looks_like_initials
from portal.search.text import simplify

MOST_COUNTED = 1000


@dataclass(frozen=True)
class Narrow:
    """By what the answers are narrowed and ordered; empty or unknown values mean all."""

    kind: str = ""
    unit: str = ""
    year: str = ""
    order: str = ""
    chip: str = ""


ALL = Narrow()


def matching(query: str, narrow: Narrow = ALL) -> QuerySet[SearchEntry]:
    """Entries that contain every term of the query, or whose title's first letters are so; newest first.

    A document number is found in either spelling.
    """
    terms = [simplify(term) for term in query_terms(query)]
    rows = SearchEntry.objects.order_by("-published_on", "-id")
    if not terms:
        return rows.none()
    wanted = Q()
    for term in terms:
        spelt = Q()
        for spelling in number_spellings(term):
            spelt |= Q(folded__contains=spelling)
        wanted &= spelt
    if looks_like_initials(query):
        wanted |= Q(initials__contains=fold(query))
    return narrowed(rows.filter(wanted), narrow)


def narrowed(rows: QuerySet[SearchEntry], narrow: Narrow) -> QuerySet[SearchEntry]:
    """Those of one kind, channel, unit, year."""
    if narrow.kind in KINDS:
        rows = rows.filter(kind=narrow.kind)
    if narrow.chip in Chip.values:
        rows = rows.filter(chip=narrow.chip)
    if narrow.unit:
        rows = rows.filter(unit__code=narrow.unit)
    if (year := asked_year(narrow.year)) is not None:
        rows = rows.filter(published_on__year=year)
    return rows


def from_database(query: str, narrow: Narrow, start: int, count: int) -> tuple[list[SearchEntry], int]:
    """So many rows from `start`, and how many there are as far as is counted."""
    rows = matching(query, narrow)
    found = list(rows.select_related("unit")[start : start + count])
    return found, rows.values("pk")[:MOST_COUNTED].count() if found else 0
