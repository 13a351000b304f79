"""Searching: the page, suggestions, what browsers and readers of feeds ask for, and counting without persons."""

from __future__ import annotations

import logging
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from portal.privacy.crypto import keyed_digest
from portal.search import actions
from portal.search.asking import MAX_QUERY
from portal.search.models import SearchEntry
from portal.search.queries import Narrow, Results, search, suggest
from portal.web.access import address_of
from portal.web.asking import asked_in
from portal.web.caching import PUBLIC, public_page

log = logging.getLogger("portal.search")
A_DAY = 24 * 3600
IN_A_FEED = 20


@public_page
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Search over everything public."""
    query, page, narrow, typed = asked_in(request)
    results = search(query, page, narrow, as_typed=typed) if query.strip() else None
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "results": results,
        "query": query,
        "narrow": narrow,
        "kept": kept.urlencode(),
        "narrowed": bool(narrow.kind or narrow.unit or narrow.year or narrow.chip),
        "typed": typed,
    }
    if results is not None and page == 1 and not context["narrowed"]:
        _count(request, query, results)
    return render(request, "site/search.html", context)


@public_page
@require_safe
def search_suggest(request: HttpRequest) -> HttpResponse:
    """Titles, functions and what others asked, for somebody who is still typing."""
    return JsonResponse({"titles": suggest(request.GET.get("q", "")[:MAX_QUERY])})


@csrf_exempt
@require_POST
def search_opened(request: HttpRequest) -> HttpResponse:
    """A browser says that an answer was opened (the link's `ping`); it changes a count and nothing else."""
    query = request.GET.get("q", "")[:MAX_QUERY]
    if _first_today(request, "opened", query):
        _quietly(lambda: actions.count_opened(query=query))
    return HttpResponse(status=204)


@public_page
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description by which a browser offers this search in its own box."""
    context = {
        "page": request.build_absolute_uri(reverse("search")),
        "suggest": request.build_absolute_uri(reverse("search_typed")),
        "feed": request.build_absolute_uri(reverse("search_feed")),
    }
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "site/opensearch.xml", context, content_type=kind)


@public_page
@require_safe
def search_typed(request: HttpRequest) -> HttpResponse:
    """Suggestions in the form that browsers read: what was typed, and the list."""
    query = request.GET.get("q", "")[:MAX_QUERY]
    kind = "application/x-suggestions+json"
    return JsonResponse([query, suggest(query)], safe=False, content_type=kind)


class SearchFeed(Feed):
    """The newest answers to a search as RSS."""

    link = "/search/"
    language = "zh-cn"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = PUBLIC
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Results:
        """The answers, the newest first."""
        query, _, narrow, _ = asked_in(request)
        newest = Narrow(kind=narrow.kind, unit=narrow.unit, year=narrow.year, chip=narrow.chip, order="date")
        return search(query, 1, newest, as_typed=True)

    def title(self, obj: Results) -> str:
        """What was searched."""
        return f"搜索“{obj.query}”"

    def description(self, obj: Results) -> str:
        """Where."""
        return f"{settings.PORTAL_SITE_NAME}公开的信息中与“{obj.query}”有关的内容"

    def items(self, obj: Results) -> list[SearchEntry]:
        """The newest twenty."""
        return [hit.entry for hit in obj.hits[:IN_A_FEED]]

    def item_title(self, item: SearchEntry) -> str:
        """Its title."""
        return item.title

    def item_description(self, item: SearchEntry) -> str:
        """Its beginning."""
        return item.body[:200]

    def item_link(self, item: SearchEntry) -> str:
        """Its page."""
        return item.url

    def item_pubdate(self, item: SearchEntry) -> datetime:
        """The day on which it was published."""
        return timezone.make_aware(datetime.combine(item.published_on, time()))


def _count(request: HttpRequest, query: str, results: Results) -> None:
    if actions.countable(query) and _first_today(request, "asked", query):
        found, today = results.total, timezone.localdate()
        _quietly(lambda: actions.count_asked(query=query, found=found, on=today))


def _first_today(request: HttpRequest, what: str, query: str) -> bool:
    """True once a day for an address and a query; the address is kept nowhere, its digest in the cache for a day."""
    asker = keyed_digest(f"{address_of(request)}\n{query}\n{timezone.localdate()}", f"search.{what}")
    return bool(cache.add(f"search:{what}:{asker}", 1, A_DAY))


def _quietly(count: Any) -> None:
    """A count that cannot be written loses nobody an answer."""
    try:
        count()
    except DatabaseError:
        log.warning("a search could not be counted", exc_info=True)
