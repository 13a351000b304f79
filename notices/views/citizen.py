"""What everyone reads: the newest of the city, a unit's columns, a column, an item."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe

from notices import queries, rules, structures
from portal.core.errors import NotFound
from portal.files.responses import download
from portal.search.queries import similar_to
from portal.units.queries import find_unit
from portal.web.caching import PUBLIC, public_page
from portal.web.pagination import page_of

FRONT = (
    ("news", "动态新闻"),
    ("notice", "通知公告"),
    ("document", "政府文件"),
    ("reading", "政策解读"),
    ("field", "重点领域"),
    ("guide", "指南、年度报告"),
)
FILTERS = ("unit", "holds", "subject", "year", "validity")
FEED_ITEMS = 30


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest of each kind, and the units."""
    now = timezone.now()
    kinds = tuple(code for code, _ in FRONT)
    newest = queries.newest_of_columns(now, kinds, 6)
    context = {
        "parts": [(code, label, newest[code]) for code, label in FRONT if newest[code]],
        "units": queries.publishing_units(now),
    }
    return render(request, "notices/home.html", context)


@public_page
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Everything that is public, newest first, by unit, kind, subject, year and validity."""
    now = timezone.now()
    chosen: dict[str, Any] = {name: request.GET.get(name, "") for name in FILTERS}
    context = {
        "page": page_of(request, queries.listed(now, **chosen)),
        "facets": queries.facets(now),
        "chosen": chosen,
        "filtered": any(chosen.values()),
    }
    return render(request, "notices/list.html", context)


@public_page
@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A unit's catalogue: every column, and when it was last renewed."""
    found = find_unit(code)
    if found is None:
        raise NotFound("没有找到该单位。")
    now = timezone.now()
    profile = queries.profile_of(found, now)
    context = {
        "unit": found,
        "columns": queries.filled_columns_of_unit(found, now),
        "profile": profile,
        "contact": queries.contact_of(found, profile),
        "profile_parts": [row for row in _parts(profile) if row.part.name not in queries.CONTACT],
        "leaders": queries.leaders_of(found, now),
        "has_services": queries.services(now, unit=code).exists(),
    }
    return render(request, "notices/unit.html", context)


def _parts(version: Any) -> list[structures.Shown]:
    if version is None:
        return []
    return structures.shown(version.fields.get("structure", ""), version.fields.get("particulars", {}))


@public_page
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Guides to services, by whom they are for and by unit."""
    now = timezone.now()
    chosen: dict[str, Any] = {name: request.GET.get(name, "")[:40] for name in ("audience", "unit", "words")}
    page = page_of(request, queries.services(now, **chosen))
    for row in page.rows:
        row.parts = {part.part.name: part.text for part in _parts(row) if part.part.sort != structures.TABLE}
    context = {
        "page": page,
        "chosen": chosen,
        "audiences": structures.AUDIENCES[:2],
        "units": queries.publishing_units(now),
    }
    return render(request, "notices/services.html", context)


@public_page
@require_safe
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """One column, the columns under it included."""
    found = queries.find_column(pk)
    rows = queries.listed(timezone.now(), column=found.pk)
    context = {"column": found, "page": page_of(request, rows)}
    return render(request, "notices/column.html", context)


@public_page
@require_safe
def article(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """An item as its published version has it; of one that was taken down only the reason is left (410)."""
    now = timezone.now()
    case, version = queries.find_item(public_id, now)
    address = f"{settings.SITE_URL}{request.path}"
    if version.withdrawn_at is not None:
        context: dict[str, Any] = {"case": case, "address": address}
        return render(request, "notices/gone.html", context, status=410)
    entries = version.fields.get("files", [])
    context = {
        "case": case,
        "version": version,
        "address": address,
        "blocks": rules.blocks_of(version.body),
        "parts": _parts(version),
        "pictures": {entry["name"]: entry for entry in entries},
        "files": [entry for entry in entries if entry["role"] != "picture"],
        "readings": queries.readings_of(case, now),
        "interpreted": queries.interpreted_by(case, now),
        "similar": similar_to(f"article:{case.public_id}"),
    }
    return render(request, "notices/article.html", context)


@require_safe
def attachment(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """A file of a public item: the bytes whose digest its published version names."""
    _, version = queries.find_item(public_id, timezone.now())
    found = queries.public_file(version, file_id) if version.withdrawn_at is None else None
    if found is None:
        raise NotFound("没有找到该附件。")
    entry, stored = found
    response = download(stored, entry.get("copy_name") or entry["name"])
    if entry["role"] == "picture":
        response["Content-Disposition"] = "inline"
        response["Cache-Control"] = PUBLIC
    return response


class ItemFeed(Feed):
    """The newest items as RSS."""

    title = "玉溪市主动公开信息"
    link = reverse_lazy("notices:list")
    description = "最近发布的政府信息"
    language = "zh-cn"
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = PUBLIC
        return response

    def items(self) -> list[Any]:
        """The newest thirty."""
        return queries.latest(timezone.now(), FEED_ITEMS)

    def item_title(self, item: Any) -> str:
        """Its title."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """Its summary, or its beginning."""
        return str(item.summary or rules.plain_of(item.body)[:200])

    def item_link(self, item: Any) -> str:
        """Its page."""
        return reverse("notices:article", args=[item.article.public_id])

    def item_pubdate(self, item: Any) -> datetime:
        """When it came out."""
        published_at: datetime = item.publish_at
        return published_at

    def item_guid(self, item: Any) -> str:
        """The version's public id."""
        return str(item.public_id)


class ColumnFeed(ItemFeed):
    """The newest items of one column as RSS."""

    def get_object(self, request: HttpRequest, pk: int) -> Any:
        """The column."""
        return queries.find_column(pk)

    def title(self, obj: Any) -> str:  # type: ignore[override]  # a method of the object, as the base class allows
        """Unit and column."""
        return str(obj)

    def link(self, obj: Any) -> str:  # type: ignore[override]  # a method of the object, as the base class allows
        """The column's page."""
        return reverse("notices:column", args=[obj.pk])

    def items(self, obj: Any) -> list[Any]:  # type: ignore[override]  # a method of the object, as the base class allows
        """The newest thirty."""
        return queries.latest(timezone.now(), FEED_ITEMS, column=obj.pk)
