"""What everyone may read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import ExtractYear

from notices.choices import Holds, Subject, Validity
from notices.models import Article, ArticleVersion, Column
from notices.queries.content import current, shown_version
from notices.queries.tree import below, rolled_up
from portal.cases.models import CaseFile
from portal.core.asked import asked_year
from portal.core.errors import NotFound
from portal.files.models import StoredFile
from portal.units.models import Unit


def listed(
    now: datetime,
    *,
    unit: str = "",
    column: int | None = None,
    holds: str = "",
    subject: str = "",
    year: str = "",
    validity: str = "",
) -> QuerySet[Any]:
    """The public list, newest first; empty or unknown filters mean all."""
    rows = current(now)
    if column is not None:
        rows = rows.filter(column__in=below(column))
    if unit:
        rows = rows.filter(article__unit__code=unit)
    if holds in Holds.values:
        rows = rows.filter(column__holds=holds)
    if subject in Subject.values:
        rows = rows.filter(subject=subject)
    if (asked := asked_year(year)) is not None:
        rows = rows.filter(made_on__year=asked)
    if validity in Validity.values:
        rows = rows.filter(article__validity=validity)
    return rows.order_by("-publish_at", "-id")


def latest(now: datetime, count: int = 8, **filters: Any) -> list[Any]:
    """The newest of that list."""
    return list(listed(now, **filters)[:count])


def find_item(public_id: uuid.UUID, now: datetime) -> tuple[Article, ArticleVersion]:
    """An item that is or was public, and the version to show; NotFound for any other.

    A version with `withdrawn_at` says that the item was taken down: its address stays, its words do not.
    """
    rows: Any = Article.objects.select_related("unit")
    case = rows.filter(public_id=public_id).first()
    version = (shown_version(case, now) or _taken_down(case, now)) if case is not None else None
    if case is None or version is None:
        raise NotFound("没有找到该信息。")
    return case, version


def _taken_down(case: Article, now: datetime) -> ArticleVersion | None:
    rows: Any = ArticleVersion.objects.filter(article=case, publish_at__lte=now, withdrawn_at__isnull=False)
    found: ArticleVersion | None = (
        rows.filter(publish_at__lt=F("withdrawn_at")).select_related("column").order_by("-number").first()
    )
    return found


def find_column(pk: int) -> Column:
    """A column that is open; NotFound for any other."""
    found = Column.objects.select_related("unit", "parent", "alive_rule").filter(pk=pk, is_open=True).first()
    if found is None:
        raise NotFound("没有找到该栏目。")
    return found


def newest_by_column(now: datetime, **narrow: Any) -> dict[int, datetime]:
    """When something of each column, or of a column under it, last came out; nothing for empty ones."""
    rows = current(now).filter(**narrow).select_related(None).order_by().values("column")
    newest = {row["column"]: row["last"] for row in rows.annotate(last=Max("publish_at")) if row["column"]}
    return rolled_up(newest, dict(Column.objects.values_list("pk", "parent_id")))


def columns_of_unit(unit: Unit, now: datetime) -> list[Any]:
    """The open columns of a unit as a tree in order, each with `level` and the day of its newest item."""
    rows: list[Any] = list(Column.objects.filter(unit=unit, is_open=True).order_by("position", "id"))
    newest = newest_by_column(now, column__unit=unit)
    for row in rows:
        row.last = newest.get(row.pk)
    by_parent: dict[int | None, list[Any]] = {}
    for row in rows:
        by_parent.setdefault(row.parent_id, []).append(row)
    ordered: list[Any] = []

    def add(parent: int | None, level: int) -> None:
        for row in by_parent.get(parent, []):
            row.level = level
            ordered.append(row)
            add(row.pk, level + 1)

    add(None, 0)
    return ordered


def filled_columns_of_unit(unit: Unit, now: datetime) -> list[Any]:
    """Those of `columns_of_unit` that hold an item or lead to one: an empty column is shown to nobody (办法第十一条)."""
    kept: list[Any] = []
    for row in reversed(columns_of_unit(unit, now)):
        leads_on = bool(kept) and kept[-1].level > row.level
        if row.last or leads_on:
            kept.append(row)
    return kept[::-1]


def newest_of_columns(now: datetime, holds: tuple[str, ...], count: int) -> dict[str, list[Any]]:
    """The newest items of each kind of column."""
    return {kind: latest(now, count, holds=kind) for kind in holds}


def publishing_units(now: datetime) -> list[tuple[str, str]]:
    """(code, short name) of the units that have published anything, in the official order."""
    having = current(now).order_by().values("article__unit")
    rows = Unit.objects.filter(pk__in=having).order_by("sort", "id")
    return list(rows.values_list("code", "short_name"))


def facets(now: datetime) -> dict[str, list[tuple[str, str]]]:
    """What there is to filter by."""
    years = (
        current(now)
        .order_by()
        .annotate(year=ExtractYear("made_on"))
        .values_list("year", flat=True)
        .distinct()
    )
    return {
        "units": publishing_units(now),
        "subjects": list(Subject.choices),
        "kinds": list(Holds.choices),
        "years": [(str(year), f"{year}年") for year in sorted(years, reverse=True)],
        "validities": list(Validity.choices),
    }


def readings_of(case: Article, now: datetime) -> list[Any]:
    """What interprets this document and is public."""
    return list(current(now).filter(interprets=case).order_by("-publish_at"))


def interpreted_by(case: Article, now: datetime) -> Any:
    """The document that this item interprets as it was published, if that is public; None otherwise."""
    version = shown_version(case, now)
    if version is None or version.interprets_id is None:
        return None
    return current(now).filter(article=version.interprets_id).first()


def readable_documents(now: datetime) -> QuerySet[Any]:
    """The documents that everyone may read now, which a reading may interpret."""
    return current(now).filter(column__holds=Holds.DOCUMENT)


def services(now: datetime, *, audience: str = "", unit: str = "", words: str = "") -> QuerySet[Any]:
    """Guides to services, by whom they are for, by unit, by words of their title; in the order of their titles."""
    rows = current(now).filter(fields__structure="service")
    if audience in ("person", "legal"):
        rows = rows.filter(
            Q(fields__particulars__audience=audience) | Q(fields__particulars__audience="both")
        )
    if unit:
        rows = rows.filter(article__unit__code=unit)
    for word in words.split()[:5]:
        rows = rows.filter(title__icontains=word)
    return rows.order_by("title", "-id")


def profile_of(unit: Unit, now: datetime) -> Any:
    """The newest public account of what the unit does; None if there is none."""
    return (
        current(now).filter(article__unit=unit, fields__structure="profile").order_by("-publish_at").first()
    )


CONTACT = ("place", "hours", "phone", "email")


def contact_of(unit: Unit, profile: Any) -> dict[str, str]:
    """Address, hours, telephone and mail of a unit (keys of CONTACT): as it published them, else as its record has them."""
    said = profile.fields.get("particulars", {}) if profile is not None else {}
    place = f"{unit.address}（{unit.postcode}）" if unit.address and unit.postcode else unit.address
    record = {"place": place, "hours": unit.office_hours, "phone": unit.phone, "email": unit.email}
    return {name: str(said.get(name) or record[name]) for name in CONTACT}


def contacts_of(units: Iterable[Unit], now: datetime) -> list[tuple[Unit, dict[str, str]]]:
    """`contact_of` of each unit, in two queries for all."""
    rows = current(now).filter(fields__structure="profile").order_by("publish_at")
    newest = {row.article.unit_id: row for row in rows.select_related("article")}
    return [(unit, contact_of(unit, newest.get(unit.pk))) for unit in units]


def leaders_of(unit: Unit, now: datetime) -> list[Any]:
    """The unit's leaders as published, in the order of publication."""
    return list(
        current(now).filter(article__unit=unit, fields__structure="leader").order_by("article_id")[:30]
    )


def public_file(version: ArticleVersion, file_id: uuid.UUID) -> tuple[dict[str, Any], StoredFile] | None:
    """A file that a version names, and its very bytes: those whose digest was published, whatever the tables say now."""
    for entry in version.fields.get("files", []):
        if entry["id"] == str(file_id):
            stored = StoredFile.objects.filter(sha256=entry["sha256"]).first()
            return (entry, stored) if stored is not None else None
    return None


def published_file(case: Article, file_id: uuid.UUID) -> CaseFile | None:
    """A file of an item that has a copy for everyone, for those who look at it before; never the file itself."""
    rows = case.files.select_related("check_result__copy").filter(
        status="clean", check_result__copy__isnull=False
    )
    return rows.filter(public_id=file_id).first()
