"""What everyone may read: published letters, their feed, and answers like what somebody is about to ask."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe

from mailbox import queries
from portal.core.wording import cn_date
from portal.holidays.calendars import calendar
from portal.web.caching import PUBLIC, public_page
from portal.web.pagination import page_of

FEED_ITEMS = 30
FILTERS = ("unit", "kind", "place", "year")


@public_page
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Published letters, newest first, by unit, kind, place and year; what many asked; how fast units answer."""
    now = timezone.now()
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    page = page_of(request, queries.listed(queries.filtered(now, **chosen)))
    front = page.number == 1 and not any(chosen.values())
    context = {
        "page": page,
        "lines": [queries.as_line(row) for row in page.rows],
        "facets": queries.facets(now),
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "asked": queries.most_asked(now) if front else [],
        "speeds": queries.speeds(timezone.localdate(now), calendar()) if front else [],
    }
    return render(request, "mailbox/public/list.html", context)


@require_safe
def published_detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A published letter stands among the public copies, under one address."""
    if not queries.is_published_letter(public_id):
        raise Http404
    return redirect("releases:detail", public_id=public_id)


@public_page
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Published letters like ?q=, as JSON; at most five, none for less than two signs."""
    found = queries.similar_letters(request.GET.get("q", ""), timezone.now())
    rows = [
        {"title": row.title, "unit": row.unit, "url": reverse("releases:detail", args=[row.public_id])}
        for row in found
    ]
    return JsonResponse({"results": rows}, json_dumps_params={"ensure_ascii": False})


class PublishedFeed(Feed):
    """The newest published letters as RSS."""

    title = "书记市长信箱：公开的来信和答复"
    link = reverse_lazy("mailbox:published")
    description = "最近公开的来信和答复，已隐去个人信息"
    language = "zh-cn"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = PUBLIC
        return response

    def items(self) -> list[Any]:
        """The newest thirty."""
        return list(queries.newest_letters(timezone.now())[:FEED_ITEMS])

    def item_title(self, item: Any) -> str:
        """The letter's title."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """The beginning of the answer, and when it was given."""
        return f"{item.unit.name}{cn_date(item.answered_on)}答复：{item.answer[:200]}"

    def item_link(self, item: Any) -> str:
        """The letter's page."""
        return reverse("releases:detail", args=[item.public_id])

    def item_pubdate(self, item: Any) -> datetime | None:
        """When it was published."""
        published_at: datetime | None = item.published_at
        return published_at

    def item_guid(self, item: Any) -> str:
        """Its public id."""
        return str(item.public_id)

    item_guid_is_permalink = False
