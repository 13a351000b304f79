"""Readers of what is public."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils import timezone

from portal.cases.models import Case
from portal.core.asked import asked_year
from portal.core.wording import cn_date
from portal.publishing.choices import ENDED, ReleaseState
from portal.publishing.models import Release, ReleaseFile
from portal.units.models import Unit


def published(now: datetime) -> QuerySet[Release]:
    """Releases that everyone may read at that time, newest first."""
    return Release.objects.filter(state=ReleaseState.PUBLISHED, published_at__lte=now).select_related("unit")


def filtered(now: datetime, *, unit: str = "", year: str = "", kind: str = "") -> QuerySet[Release]:
    """Published releases of a unit (code), a year of publication, a kind of reply; empty means all."""
    found = published(now)
    if unit:
        found = found.filter(unit__code=unit)
    if (asked := asked_year(year)) is not None:
        found = found.filter(published_at__year=asked)
    if kind:
        found = found.filter(kind=kind)
    return found


def find(public_id: uuid.UUID, now: datetime) -> Release | None:
    """A release that is or was public; a retracted one keeps its address."""
    return (
        Release.objects.filter(
            public_id=public_id,
            state__in=[ReleaseState.PUBLISHED, ReleaseState.RETRACTED],
            published_at__lte=now,
        )
        .select_related("unit")
        .first()
    )


def standing(case: Case) -> QuerySet[Release]:
    """The public copy of the case that is proposed, cleared or published; at most one."""
    return Release.objects.filter(case_id=case.pk).exclude(state__in=ENDED)


def has_public_copy(case: Case) -> bool:
    """True while a public copy of the case is proposed, cleared or published."""
    return standing(case).exists()


def file_of_release(public_id: uuid.UUID, number: int, now: datetime) -> ReleaseFile | None:
    """A file of a release that is public at that time."""
    rows = ReleaseFile.objects.filter(release__public_id=public_id, number=number, release__in=published(now))
    return rows.select_related("file").first()


def released_file(sha256: str, now: datetime) -> ReleaseFile | None:
    """The published file of that SHA-256; None if none is public now."""
    rows = ReleaseFile.objects.filter(sha256=sha256, release__in=published(now))
    return rows.select_related("release__unit").order_by("-release_id").first()


FACETS_SECONDS = 60
EXCERPT = 110


@dataclass(frozen=True)
class ListedRelease:
    """One line of the public list: no more than it shows."""

    public_id: uuid.UUID
    title: str
    unit: str
    kind: str
    published: str
    excerpt: str


def listed(releases: QuerySet[Release]) -> QuerySet[Any]:
    """The columns that a line of the public list shows, as tuples for `as_line`."""
    return releases.values_list(
        "public_id", "title", "unit__short_name", "kind_label", "published_at", Left("answer", EXCERPT + 1)
    )


def as_line(row: tuple[Any, ...]) -> ListedRelease:
    """A row of `listed` as a line."""
    public_id, title, unit, kind, published_at, answer = row
    excerpt = answer if len(answer) <= EXCERPT else f"{answer[: EXCERPT - 1]}…"
    return ListedRelease(public_id, title, unit, kind, cn_date(timezone.localdate(published_at)), excerpt)


def facets(now: datetime) -> dict[str, list[tuple[str, str]]]:
    """What there is to filter by: units, years, kinds, as (value, label) pairs; at most a minute old."""
    kept: dict[str, list[tuple[str, str]]] | None = cache.get("publishing.facets")
    if kept is None:
        kept = _facets(now)
        cache.set("publishing.facets", kept, FACETS_SECONDS)
    return kept


def _facets(now: datetime) -> dict[str, list[tuple[str, str]]]:
    releases = published(now)
    units = Unit.objects.filter(pk__in=releases.order_by().values("unit")).values_list("code", "short_name")
    years = releases.order_by().dates("published_at", "year", order="DESC")
    kinds = releases.order_by().values_list("kind", "kind_label").distinct()
    return {
        "units": [(code, name) for code, name in units],
        "years": [(str(day.year), f"{day.year}年") for day in years],
        "kinds": sorted((kind, label) for kind, label in kinds),
    }
