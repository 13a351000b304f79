"""Published letters: the public list and its filters, what many asked, how fast units answer, what is alike."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils import timezone
from rapidfuzz import fuzz, utils

from mailbox.choices import RELEASE_KIND, LetterKind, Place, State
from mailbox.models import Letter
from mailbox.queries.scope import awaiting_supervision
from portal.cases.models import CaseQuerySet
from portal.core.asked import asked_year
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayCalendar
from portal.publishing.choices import ReleaseState
from portal.publishing.models import Release
from portal.publishing.queries import published
from portal.search.queries import keys_found

EXCERPT = 110
KEPT_SECONDS = 60
SPEEDS_SECONDS = 600
YEAR = 365
MOST_ASKED = 8
ASKED_BY_SEVERAL = 2
MOST_COMPARED = 300
MOST_FOUND = 20
MOST_SIMILAR = 5
LIKE_ENOUGH = 65
LEAST_QUERY, MOST_QUERY = 2, 60


@dataclass(frozen=True)
class ListedLetter:
    """One line of the public list: no more than it shows. `asked` letters got this answer."""

    public_id: uuid.UUID
    title: str
    unit: str
    kind: str
    place: str
    published: str
    excerpt: str
    asked: int


@dataclass(frozen=True)
class UnitSpeed:
    """How fast a unit answered: the median in working days, over so many letters."""

    unit: str
    days: float
    count: int


@dataclass(frozen=True)
class SimilarLetter:
    """A published letter that may already answer what somebody is about to ask."""

    public_id: str
    title: str
    unit: str


def newest_letters(now: datetime) -> QuerySet[Release]:
    """Published letters that everyone may read at that time, newest first."""
    return published(now).filter(letter__isnull=False)


def filtered(now: datetime, *, unit: str = "", kind: str = "", place: str = "", year: str = "") -> Any:
    """Published letters of a unit (code), a kind, a place, a year of publication; empty or unknown means all."""
    found = newest_letters(now)
    if unit:
        found = found.filter(unit__code=unit)
    if kind in LetterKind.values:
        found = found.filter(letter__letter_kind=kind)
    if place in Place.values:
        found = found.filter(letter__place=place)
    if (asked := asked_year(year)) is not None:
        found = found.filter(published_at__year=asked)
    return found


def listed(letters: QuerySet[Release]) -> QuerySet[Any]:
    """The columns that a line of the public list shows, as tuples for `as_line`."""
    return letters.values_list(
        "public_id",
        "title",
        "unit__short_name",
        "letter__letter_kind",
        "letter__place",
        "published_at",
        Left("answer", EXCERPT + 1),
        "letter__asked",
    )


def as_line(row: tuple[Any, ...]) -> ListedLetter:
    """A row of `listed` as a line."""
    public_id, title, unit, kind, place, published_at, answer, asked = row
    excerpt = answer if len(answer) <= EXCERPT else f"{answer[: EXCERPT - 1]}…"
    day = cn_date(timezone.localdate(published_at))
    return ListedLetter(
        public_id, title, unit, LetterKind(kind).label, Place(place).label, day, excerpt, asked
    )


def facets(now: datetime) -> dict[str, list[tuple[str, str]]]:
    """What there is to filter by, as (value, label) pairs in the official order; at most a minute old."""
    kept: dict[str, list[tuple[str, str]]] | None = cache.get("mailbox.published.facets")
    if kept is None:
        kept = _facets(now)
        cache.set("mailbox.published.facets", kept, KEPT_SECONDS)
    return kept


def _facets(now: datetime) -> dict[str, list[tuple[str, str]]]:
    letters = newest_letters(now).order_by()
    units = letters.values_list("unit__code", "unit__short_name", "unit__sort").distinct()
    years = letters.dates("published_at", "year", order="DESC")
    kinds = set(letters.values_list("letter__letter_kind", flat=True))
    places = set(letters.values_list("letter__place", flat=True))
    return {
        "units": [(code, name) for code, name, _ in sorted(units, key=lambda row: (row[2], row[0]))],
        "kinds": [(value, label) for value, label in LetterKind.choices if value in kinds],
        "places": [(value, label) for value, label in Place.choices if value in places],
        "years": [(str(day.year), f"{day.year}年") for day in years],
    }


def most_asked(now: datetime) -> list[ListedLetter]:
    """大家都在问: published answers that went to several letters, most letters first."""
    several = newest_letters(now).filter(letter__asked__gte=ASKED_BY_SEVERAL)
    rows = listed(several.order_by("-letter__asked", "-published_at", "-pk"))[:MOST_ASKED]
    return [as_line(row) for row in rows]


def speeds(today: date, calendar: WorkdayCalendar) -> list[UnitSpeed]:
    """The median working days from acceptance to the answer of each unit over the 365 days up to today.

    Every answered letter counts, published or not; the fastest comes first. At most ten minutes old.
    """
    key = f"mailbox.speeds.{today.isoformat()}"
    kept: list[UnitSpeed] | None = cache.get(key)
    if kept is None:
        kept = _speeds(today, calendar)
        cache.set(key, kept, SPEEDS_SECONDS)
    return kept


def _speeds(today: date, calendar: WorkdayCalendar) -> list[UnitSpeed]:
    since = today - timedelta(days=YEAR)
    answered: Any = Letter.objects.filter(
        state=State.ANSWERED,
        main_unit__isnull=False,
        clock_from__isnull=False,
        closed_on__gt=since,
        closed_on__lte=today,
    )
    taken: dict[str, list[int]] = defaultdict(list)
    for unit, first, last in answered.order_by().values_list(
        "main_unit__short_name", "clock_from", "closed_on"
    ):
        taken[unit].append(calendar.between(first, last))
    found = [UnitSpeed(unit, float(median(days)), len(days)) for unit, days in taken.items()]
    return sorted(found, key=lambda row: (row.days, -row.count, row.unit))


def similar_letters(query: str, now: datetime) -> list[SimilarLetter]:
    """Published letters like what is being typed: those that contain it, then those with a like title."""
    wanted = query.strip()[:MOST_QUERY]
    if len(wanted) < LEAST_QUERY:
        return []
    found = {letter.public_id: letter for letter in _containing(wanted, now)}
    newest = _newest_titles(now)
    marks = [
        (fuzz.token_set_ratio(wanted, letter.title, processor=_apart), index)
        for index, letter in enumerate(newest)
    ]
    for mark, index in sorted(marks, key=lambda pair: (-pair[0], pair[1])):
        if mark < LIKE_ENOUGH or len(found) >= MOST_SIMILAR:
            break
        found.setdefault(newest[index].public_id, newest[index])
    return list(found.values())[:MOST_SIMILAR]


def _containing(wanted: str, now: datetime) -> list[SimilarLetter]:
    """What the portal's own search finds, letters only."""
    keys = keys_found(wanted, kind="release", most=MOST_FOUND)
    letters = newest_letters(now).filter(public_id__in=[key.partition(":")[2] for key in keys])
    rows = letters.values_list("public_id", "title", "unit__short_name")
    return [SimilarLetter(str(public_id), title, unit) for public_id, title, unit in rows]


def _newest_titles(now: datetime) -> list[SimilarLetter]:
    """Not kept: what is taken down is offered no more from that moment."""
    rows = newest_letters(now).values_list("public_id", "title", "unit__short_name")[:MOST_COMPARED]
    return [SimilarLetter(str(public_id), title, unit) for public_id, title, unit in rows]


def _apart(text: str) -> str:
    """Each Chinese sign as a word of its own, so that titles are alike by what they share, in any order."""
    return " ".join(utils.default_process(text).replace(" ", ""))


def is_published_letter(public_id: uuid.UUID) -> bool:
    """True if that public copy is or was a published letter's."""
    return Release.objects.filter(public_id=public_id, kind__startswith=RELEASE_KIND).exists()


def follow_up(cases: CaseQuerySet) -> CaseQuerySet:
    """Answered letters that still ask for something: the supervisors look at it, or a public copy is undecided."""
    undecided = Release.objects.filter(
        kind__startswith=RELEASE_KIND, state__in=[ReleaseState.PROPOSED, ReleaseState.CLEARED]
    )
    waiting = cases.filter(state=State.ANSWERED, pk__in=undecided.values("case"))
    return awaiting_supervision(cases) | waiting
