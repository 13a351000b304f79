"""Finding: the same answers on both databases."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from portal.core.segment import fold, passages, query_terms, query_tokens
from portal.search.backends import backend
from portal.search.models import SearchEntry

PAGE_SIZE = 20
MAX_PAGES = 100


@dataclass(frozen=True)
class Hit:
    """One answer; `passage` and `heading` are (part, is_hit) pairs."""

    entry: SearchEntry
    heading: list[tuple[str, bool]]
    passage: list[tuple[str, bool]]


@dataclass(frozen=True)
class Results:
    """One page of answers."""

    query: str
    hits: list[Hit]
    page: int
    has_next: bool
    total: int

    @property
    def has_previous(self) -> bool:
        """True past the first page."""
        return self.page > 1


def matching(query: str) -> QuerySet[SearchEntry]:
    """Entries that contain every term of the query, best first: title hits, then the newest."""
    terms = query_terms(query)
    found = SearchEntry.objects.all()
    if not terms:
        return found.none()
    needed = [token for term in terms for token in query_tokens(term)]
    if needed:
        sql, parameters = backend().matching(list(dict.fromkeys(needed)))
        condition = f"search_searchentry.id IN ({sql})"  # fixed text; the tokens are parameters
        found = found.filter(RawSQL(condition, parameters, BooleanField()))  # noqa: S611  # nosec B611
    for term in terms:
        found = found.filter(folded__contains=term)
    whole = fold(query)
    rank = Case(
        When(title__iexact=whole, then=Value(0)),
        When(title__icontains=whole, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.annotate(rank=rank).order_by("rank", "-published_on", "-id")


def search(query: str, page: int = 1) -> Results:
    """One page of answers; page is kept within 1..MAX_PAGES."""
    page = min(max(page, 1), MAX_PAGES)
    terms = query_terms(query)
    found = matching(query).select_related("unit")
    start = (page - 1) * PAGE_SIZE
    rows = list(found[start : start + PAGE_SIZE + 1])
    hits = [
        Hit(entry, passages(entry.title, terms, 100), passages(entry.body, terms))
        for entry in rows[:PAGE_SIZE]
    ]
    total = found.order_by().count() if rows else 0
    return Results(query.strip(), hits, page, len(rows) > PAGE_SIZE and page < MAX_PAGES, total)
