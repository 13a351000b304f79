"""Pages of a list: bounded; rows are counted only where there is more than one page, and no further than can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

MAX_PAGES = 100


@dataclass(frozen=True)
class Page:
    """One page of rows, whether there are others, and how many there are (1 of a list that fits on one)."""

    rows: Sequence[Any]
    number: int
    has_next: bool
    query: str
    pages: int = 1

    @property
    def has_previous(self) -> bool:
        """True past the first page."""
        return self.number > 1


def page_of(request: HttpRequest, rows: QuerySet[Any], size: int = 20) -> Page:
    """The page that ?page= names, kept within 1..MAX_PAGES; other parameters are kept in the links."""
    raw = request.GET.get("page", "1")
    number = min(max(int(raw), 1), MAX_PAGES) if raw.isdecimal() and len(raw) < 6 else 1
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    kept = request.GET.copy()
    kept.pop("page", None)
    has_next = len(found) > size and number < MAX_PAGES
    pages = 1
    if has_next or number > 1:
        # Bounded: whoever goes on for more than MAX_PAGES pages is better served by a search.
        pages = max(ceil(rows[: size * MAX_PAGES].count() / size), 1)
    return Page(found[:size], number, has_next, kept.urlencode(), pages)
