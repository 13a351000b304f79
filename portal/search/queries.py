"""Finding: the same answers on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import ExtractYear

from portal.core.asked import asked_year
from portal.core.numbering import number_spellings
from portal.core.segment import fold, is_exact, passages, query_terms, query_tokens
from portal.search.backends import IN_TITLE, SPELT, backend
from portal.search.kinds import KINDS
from portal.search.models import SearchEntry
from portal.search.spelling import looks_like_initials
from portal.units.models import Unit

PAGE_SIZE = 20
MAX_PAGES = 100
MOST_COUNTED = 5000
MOST_SUGGESTED = 8
BY_DATE = "date"


@dataclass(frozen=True)
class Hit:
    """One answer; `passage` and `heading` are (part, is_hit) pairs."""

    entry: SearchEntry
    heading: list[tuple[str, bool]]
    passage: list[tuple[str, bool]]

    @property
    def kind_title(self) -> str:
        """What it is, in Chinese."""
        return KINDS.get(self.entry.kind, "")


@dataclass(frozen=True)
class Facet:
    """One way to narrow: its value, its name, how many."""

    value: str
    title: str
    count: int


@dataclass(frozen=True)
class Results:
    """One page of answers. `total` counts to MOST_COUNTED; `more` says that there are more than that."""

    query: str
    hits: list[Hit]
    page: int
    has_next: bool
    total: int
    more: bool = False
    kinds: tuple[Facet, ...] = ()
    units: tuple[Facet, ...] = ()
    years: tuple[Facet, ...] = ()

    @property
    def has_previous(self) -> bool:
        """True past the first page."""
        return self.page > 1


@dataclass(frozen=True)
class Narrow:
    """By what the answers are narrowed and ordered; empty or unknown values mean all."""

    kind: str = ""
    unit: str = ""
    year: str = ""
    order: str = ""


ALL = Narrow()


def _having(tokens: Iterable[str]) -> Q:
    """Entries with all these tokens."""
    sql, parameters = backend().matching(list(dict.fromkeys(tokens)))
    condition = f"search_searchentry.id IN ({sql})"  # fixed text; the tokens are parameters
    return Q(RawSQL(condition, parameters, BooleanField()))  # noqa: S611  # nosec B611


def _spelt(query: str) -> Q | None:
    """Entries whose title's initials contain the query; None if it is not made of letters."""
    if not looks_like_initials(query):
        return None
    letters = fold(query)
    pairs = [f"{SPELT}{letters[at : at + 2]}" for at in range(len(letters) - 1)]
    return _having(pairs) & Q(initials__contains=letters)


def _common_tokens(terms: list[str]) -> list[str]:
    """The tokens that a text must have whichever way it writes the document numbers among the terms."""
    needed: list[str] = []
    for term in terms:
        spelt = [query_tokens(spelling) for spelling in number_spellings(term)]
        needed += [token for token in spelt[0] if all(token in other for other in spelt)]
    return needed


def _containing(terms: list[str]) -> Q:
    """Entries that contain every term somewhere; a document number in either spelling."""
    needed = _common_tokens(terms)
    found = _having(needed) if needed else Q()
    for term in terms:
        if not is_exact(term):
            wanted = Q()
            for spelling in number_spellings(term):
                wanted |= Q(folded__contains=spelling)
            found &= wanted
    return found


def _titled(terms: list[str], query: str) -> Q | None:
    """Entries whose title has the tokens of every term, or is spelt so; None if the query has no tokens."""
    needed = [f"{IN_TITLE}{token}" for token in _common_tokens(terms)]
    found = _having(needed) if needed else None
    spelt = _spelt(query)
    if spelt is None:
        return found
    return spelt if found is None else found | spelt


def matching(query: str, narrow: Narrow = ALL) -> QuerySet[SearchEntry]:
    """Entries that contain every term of the query, or whose title is spelt so; newest first."""
    terms = query_terms(query)
    rows = SearchEntry.objects.order_by("-published_on", "-id")
    if not terms:
        return rows.none()
    wanted, spelt = _containing(terms), _spelt(query)
    rows = rows.filter(wanted if spelt is None else wanted | spelt)
    if narrow.kind in KINDS:
        rows = rows.filter(kind=narrow.kind)
    if narrow.unit:
        rows = rows.filter(unit__code=narrow.unit)
    if (year := asked_year(narrow.year)) is not None:
        rows = rows.filter(published_on__year=year)
    return rows


def _page(query: str, narrow: Narrow, start: int, count: int) -> list[SearchEntry]:
    """So many rows from `start`: those with the words in their title first, or simply the newest."""
    rows = matching(query, narrow).select_related("unit")
    titled = _titled(query_terms(query), query)
    if narrow.order == BY_DATE or titled is None:
        return list(rows[start : start + count])
    first = rows.filter(titled)
    found = list(first[start : start + count])
    if len(found) < count:
        before = start + len(found) if found else len(first.values_list("pk", flat=True)[:MOST_COUNTED])
        rest = max(start - before, 0)
        found += list(rows.exclude(titled)[rest : rest + count - len(found)])
    return found


def search(query: str, page: int = 1, narrow: Narrow = ALL) -> Results:
    """One page of answers with their facets; page is kept within 1..MAX_PAGES."""
    page = min(max(page, 1), MAX_PAGES)
    terms = query_terms(query)
    rows = _page(query, narrow, (page - 1) * PAGE_SIZE, PAGE_SIZE + 1) if terms else []
    shown = [spelling for term in terms for spelling in number_spellings(term)]
    hits = [
        Hit(entry, passages(entry.title, shown, 100), passages(entry.body, shown))
        for entry in rows[:PAGE_SIZE]
    ]
    counted: list[Any] = []
    if rows:
        found = matching(query, narrow).annotate(year=ExtractYear("published_on"))
        counted = list(found.values_list("kind", "unit_id", "year")[: MOST_COUNTED + 1])
    return Results(
        query=query.strip(),
        hits=hits,
        page=page,
        has_next=len(rows) > PAGE_SIZE and page < MAX_PAGES,
        total=min(len(counted), MOST_COUNTED),
        more=len(counted) > MOST_COUNTED,
        kinds=_facets(Counter(row[0] for row in counted), KINDS),
        units=_unit_facets(Counter(row[1] for row in counted if row[1] is not None)),
        years=tuple(
            Facet(str(year), f"{year}年", count)
            for year, count in sorted(Counter(row[2] for row in counted).items(), reverse=True)
        ),
    )


def _facets(counts: Counter[Any], titles: dict[str, str]) -> tuple[Facet, ...]:
    return tuple(
        Facet(value, titles[value], count) for value, count in counts.most_common() if value in titles
    )


def _unit_facets(counts: Counter[Any]) -> tuple[Facet, ...]:
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=list(counts)[:200])}
    return tuple(
        Facet(units[key].code, units[key].short_name, count)
        for key, count in counts.most_common(30)
        if key in units
    )


def suggest(query: str) -> list[str]:
    """Titles for somebody who is still typing: those that begin so, then those that have it; each once."""
    terms = query_terms(query)
    titled = _titled(terms, query)
    if titled is None:
        return []
    rows = SearchEntry.objects.filter(titled).order_by("-published_on", "-id").values_list("title", flat=True)
    whole = fold(query)
    found = list(dict.fromkeys(rows[: MOST_SUGGESTED * 4]))
    return sorted(found, key=lambda title: not fold(title).startswith(whole))[:MOST_SUGGESTED]
