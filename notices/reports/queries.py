"""The readers of error reports."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import Resolver404, resolve

from notices.choices import OFFICE
from notices.models import Article, Column
from notices.reports.models import ErrorReport
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.publishing.models import Release
from portal.units.access import is_supervisor, units_of
from portal.units.models import Unit

MOST_PATH = 300
CLOSED_PREFIXES = ("/workbench/", "/supervision/", "/admin/", "/api/", "/account/", "/accounts/")


@dataclass(frozen=True)
class PageOwner:
    """Who keeps a public page: its path, its unit, and the item that it shows."""

    path: str
    unit: Unit
    article: Article | None = None


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page."""

    case: ErrorReport
    verbs: list[str]
    steps: list[TimelineEntry]


def path_of(text: str) -> str:
    """A path of this site from an address that somebody typed or a page sent; "" if there is no such public page."""
    try:
        parts = urlsplit(text.strip()[:2000])
    except ValueError:
        return ""
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return ""
    path = parts.path if parts.path.startswith("/") else ""
    if not path or len(path) > MOST_PATH or path.startswith(CLOSED_PREFIXES):
        return ""
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path


def owner_of(path: str) -> PageOwner:
    """The unit that keeps the page: an item's or column's own, else the government office."""
    office = Unit.objects.get(code=OFFICE)
    found = resolve(path)
    name, given = found.view_name, found.kwargs
    if name in ("notices:article", "notices:file"):
        article: Any = Article.objects.select_related("unit").filter(public_id=given["public_id"]).first()
        if article is not None and article.versions.exists():
            return PageOwner(path, article.unit, article)
    if name in ("notices:column", "notices:column_feed"):
        column = Column.objects.select_related("unit").filter(pk=given["pk"], is_open=True).first()
        if column is not None:
            return PageOwner(path, column.unit)
    if name == "notices:unit":
        unit = Unit.objects.filter(code=given["code"], is_active=True).first()
        return PageOwner(path, unit or office)
    if name.startswith("releases:") and "public_id" in given:
        release: Any = Release.objects.select_related("unit").filter(public_id=given["public_id"]).first()
        if release is not None:
            return PageOwner(path, release.unit)
    return PageOwner(path, office)


def is_reported(key: str) -> bool:
    """True if the form of that key has made a report already."""
    return ErrorReport.objects.filter(form_key=key).exists()


def find_report(public_id: uuid.UUID) -> ErrorReport:
    """A report by the random id of its receipt; NotFound for any other."""
    found: Any = ErrorReport.objects.select_related("unit").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该纠错。")
    return found  # type: ignore[no-any-return]


def handled(actor: Actor) -> QuerySet[Any]:
    """The reports of the actor's units, open ones first, what is due first before; a supervisor sees all."""
    rows: QuerySet[Any] = ErrorReport.objects.all()
    if not is_supervisor(actor):
        rows = rows.filter(unit_id__in=units_of(actor))
    return rows.select_related("unit").order_by(
        F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-id"
    )


def find_handled(actor: Actor, public_id: uuid.UUID) -> ErrorReport:
    """One of them; NotFound for any other."""
    found: ErrorReport | None = handled(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该纠错。")
    return found


def staff_view(case: ErrorReport, actor: Actor) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(ErrorReport.VERB_ORDER)}
    verbs = {entry.name for entry in available_steps(case, actor)} & set(order)
    return StaffView(case, sorted(verbs, key=lambda verb: order[verb]), timeline(case))
