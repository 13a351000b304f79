"""What everyone may read: the list of released replies, one reply, the feed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.files.responses import hand_out
from portal.publishing import queries
from portal.publishing.models import Release
from portal.search.queries import similar_to
from portal.web.caching import PUBLIC, public_page
from portal.web.pagination import page_of


@public_page
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """The list, newest first, by unit, year and kind."""
    now = timezone.now()
    chosen = {name: request.GET.get(name, "") for name in ("unit", "year", "kind")}
    page = page_of(request, queries.listed(queries.filtered(now, **chosen)))
    lines = [queries.as_line(row) for row in page.rows]
    context = {"page": page, "lines": lines, "facets": queries.facets(now), "chosen": chosen}
    return render(request, "publishing/list.html", context)


@public_page
@require_safe
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One reply; a retracted one keeps its address and says why it is gone."""
    release = queries.find(public_id, timezone.now())
    if release is None:
        raise Http404
    status = 200 if release.state == "published" else 410
    similar = similar_to(f"release:{release.public_id}") if status == 200 else []
    files = list(release.files.all()) if status == 200 else []
    context = {"release": release, "similar": similar, "files": files}
    return render(request, "publishing/detail.html", context, status=status)


@require_safe
def file(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A file beside a reply that is public now: a copy made for everyone."""
    found = queries.file_of_release(public_id, number, timezone.now())
    if found is None:
        raise Http404
    return hand_out(found.file.read(), found.filename, found.file.media_type)


class ReleaseFeed(Feed):
    """The newest released replies as RSS."""

    title = "公开答复"
    link = reverse_lazy("releases:list")
    description = "最近公开的依申请公开答复和来信答复"
    language = "zh-cn"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = PUBLIC
        return response

    def items(self) -> list[Release]:
        """The newest thirty."""
        return list(queries.published(timezone.now())[:30])

    def item_title(self, item: Release) -> str:
        """The reply's title."""
        return item.title

    def item_description(self, item: Release) -> str:
        """The beginning of the answer."""
        return f"{item.unit.name}：{item.answer[:200]}"

    def item_link(self, item: Release) -> str:
        """The reply's page."""
        return reverse("releases:detail", args=[item.public_id])

    def item_pubdate(self, item: Release) -> datetime | None:
        """When it was published."""
        return item.published_at

    def item_guid(self, item: Release) -> str:
        """Its public id."""
        return str(item.public_id)

    item_guid_is_permalink = False
