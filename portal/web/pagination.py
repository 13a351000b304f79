"""Pages of a list: bounded, without counting more than is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

MAX_PAGES = 100


@dataclass(frozen=True)
class Page:
    """One page of rows, and whether there are others."""

    rows: Sequence[Any]
    number: int
    has_next: bool
    query: str

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
    return Page(found[:size], number, len(found) > size and number < MAX_PAGES, kept.urlencode())
