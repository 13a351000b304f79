"""What a search in an address asks for; the same on the page, in the feed and in the API."""

from __future__ import annotations

from django.http import HttpRequest

from portal.search.asking import MAX_QUERY
from portal.search.queries import Narrow

NAMES = ("kind", "unit", "year", "order", "chip")


def asked_in(request: HttpRequest) -> tuple[str, int, Narrow, bool]:
    """The query, the page, what narrows it, and whether it is to be searched as typed."""
    raw = request.GET.get("page", "1")
    page = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 4 else 1
    narrow = Narrow(**{name: request.GET.get(name, "")[:40] for name in NAMES})
    return request.GET.get("q", "")[:MAX_QUERY], page, narrow, request.GET.get("typed") == "1"
