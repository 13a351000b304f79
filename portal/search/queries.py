"""Finding: the index answers; while it is made anew, the database does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import QuerySet

from portal.core.asked import asked_year
from portal.core.numbering import number_spellings
from portal.core.segment import fold, query_terms
from portal.search.asking import Asked, understand
from portal.search.choices import Chip
from portal.search.engine.reader import Answer, Reader
from portal.search.engine.resolving import Resolved, resolve
from portal.search.fallback import Narrow, from_database, matching
from portal.search.following import is_broken, reader, torn
from portal.search.functions import Function, asked_for
from portal.search.kinds import KINDS, number_of
from portal.search.models import SearchEntry
from portal.search.passages import passage, pattern_of
from portal.search.ranks import mark_of
from portal.search.record import known_units, shown_entries, texts_in_record
from portal.search.suggesting import suggest
from portal.search.table import lexicon, mender

PAGE_SIZE = 20
MAX_PAGES = 100
BY_DATE = "date"
ALL = Narrow()


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

    @property
    def in_attachment(self) -> bool:
        """True if the words stand in an attachment and not in the text itself."""
        return bool(self.entry.attached) and not any(hit for _, hit in [*self.heading, *self.passage])

    @property
    def mark(self) -> str:
        """What is to be said beside the title of a text that is no longer in force."""
        return mark_of(self.entry.validity)


@dataclass(frozen=True)
class Facet:
    """One way to narrow: its value, its name, how many."""

    value: str
    title: str
    count: int


@dataclass(frozen=True)
class Results:
    """One page of answers. `total` counts as far as is counted; `more` says that there are more than that.

    `meant` is the query as it was probably meant and is searched; `loosened` says that no text has all of it;
    `waiting` that the index is being made and the database answered.
    """

    query: str
    hits: list[Hit]
    page: int
    has_next: bool
    total: int
    more: bool = False
    kinds: tuple[Facet, ...] = ()
    units: tuple[Facet, ...] = ()
    years: tuple[Facet, ...] = ()
    chips: tuple[Facet, ...] = ()
    meant: str = ""
    loosened: bool = False
    waiting: bool = False
    functions: tuple[Function, ...] = ()

    @property
    def has_previous(self) -> bool:
        """True past the first page."""
        return self.page > 1


def search(query: str, page: int = 1, narrow: Narrow = ALL, *, as_typed: bool = False) -> Results:
    """One page of answers with their facets; page is kept within 1..MAX_PAGES. `as_typed` mends nothing."""
    page = min(max(page, 1), MAX_PAGES)
    asked = understand(query, lexicon())
    if asked.is_empty:
        return Results(query.strip(), [], page, False, 0)
    index = reader()
    if index is not None:
        try:
            return _from_index(index, asked, page, narrow, as_typed)
        except BaseException as error:
            if not is_broken(error):
                raise
            torn()
    return _waiting(asked, page, narrow)


def _from_index(index: Reader, asked: Asked, page: int, narrow: Narrow, as_typed: bool) -> Results:
    words = lexicon()
    meant = Resolved(asked) if as_typed else resolve(asked, mender(index, words), words)
    wanted = page * PAGE_SIZE + 1
    answer = index.ask(
        meant.asked, tokens_of(narrow), texts_in_record, upto=wanted, by_day=narrow.order == BY_DATE
    )
    facets = _facets(answer)
    numbers = [row.number for row in answer.found[(page - 1) * PAGE_SIZE :]]
    return Results(
        query=asked.query,
        hits=_hits(numbers[:PAGE_SIZE], shown_words(meant.asked)),
        page=page,
        has_next=len(numbers) > PAGE_SIZE and page < MAX_PAGES,
        total=answer.total,
        more=answer.more,
        chips=facets["chips"],
        kinds=facets["kinds"],
        units=facets["units"],
        years=facets["years"],
        meant=meant.meant,
        loosened=answer.loosened and answer.total > 0,
        functions=tuple(asked_for(meant.asked.folded)),
    )


def tokens_of(narrow: Narrow) -> dict[str, str]:
    """What narrows, as tokens of the index; unknown values narrow nothing."""
    return {
        "kind": narrow.kind if narrow.kind in KINDS else "",
        "chip": narrow.chip if narrow.chip in Chip.values else "",
        "unit": narrow.unit if narrow.unit.isascii() and " " not in narrow.unit else "",
        "year": str(asked_year(narrow.year) or ""),
    }


def _waiting(asked: Asked, page: int, narrow: Narrow) -> Results:
    rows, total = from_database(asked.query, narrow, (page - 1) * PAGE_SIZE, PAGE_SIZE + 1)
    words = [spelling for term in query_terms(asked.query) for spelling in number_spellings(term)]
    return Results(
        query=asked.query,
        hits=[_hit(entry, pattern_of(words)) for entry in rows[:PAGE_SIZE]],
        page=page,
        has_next=len(rows) > PAGE_SIZE and page < MAX_PAGES,
        total=total,
        waiting=True,
        functions=tuple(asked_for(asked.folded)),
    )


def shown_words(asked: Asked) -> list[str]:
    """What is marked in the answers: the words with their other wordings, quoted words, numbers in each spelling."""
    words = [way.text for idea in asked.ideas for way in idea.ways]
    parts = [part for idea in asked.ideas if "+" in idea.text for part in idea.text.split("+")]
    typed = [spelling for term in query_terms(asked.query) for spelling in number_spellings(term)]
    return list(dict.fromkeys([*asked.exact, *typed, *words, *parts]))


def _hits(numbers: Sequence[int], words: list[str]) -> list[Hit]:
    rows = {entry.pk: entry for entry in shown_entries(numbers)}
    pattern = pattern_of(words)
    return [_hit(rows[number], pattern) for number in numbers if number in rows]


def _hit(entry: SearchEntry, pattern: re.Pattern[str] | None) -> Hit:
    return Hit(entry, passage(entry.title, pattern, 200), passage(entry.body, pattern))


def _facets(answer: Answer) -> dict[str, tuple[Facet, ...]]:
    kinds = _numbered(tuple(KINDS.items()))
    years = sorted(answer.years.items(), reverse=True)
    return {
        "chips": tuple(
            Facet(value, label, answer.chips[number])
            for number, (value, label) in _numbered(tuple(Chip.choices)).items()
            if answer.chips[number]
        ),
        "kinds": tuple(
            Facet(*kinds[number], count) for number, count in answer.kinds.most_common() if number in kinds
        ),
        "units": _unit_facets(answer.units),
        "years": tuple(Facet(str(year), f"{year}年", count) for year, count in years),
    }


@lru_cache(4)
def _numbered(rows: tuple[tuple[str, str], ...]) -> dict[int, tuple[str, str]]:
    """Values and titles by the number that the index has for them."""
    return {number_of(value): (value, title) for value, title in rows}


def _unit_facets(counts: Counter[int]) -> tuple[Facet, ...]:
    units = known_units()
    return tuple(
        Facet(units[key].code, units[key].short_name, count)
        for key, count in counts.most_common(30)
        if key in units
    )


def keys_found(query: str, *, kind: str = "", most: int = PAGE_SIZE) -> list[str]:
    """The keys of the best answers, for other rooms; nothing is loosened."""
    index = reader()
    narrow = Narrow(kind=kind)
    if index is None:
        rows = matching(query, narrow)[:most]
        return [row.key for row in rows]
    answer = index.ask(understand(query, lexicon()), tokens_of(narrow), texts_in_record, upto=most)
    numbers = [row.number for row in answer.found]
    keys: Mapping[int, str] = dict(SearchEntry.objects.filter(pk__in=numbers).values_list("pk", "key"))
    return [keys[number] for number in numbers if number in keys]


def similar_to(key: str, most: int = 5) -> list[SearchEntry]:
    """Public things that are about the same as another one, the nearest first."""
    entry = SearchEntry.objects.filter(key=key).first()
    index = reader() if entry is not None else None
    if entry is None or index is None:
        return []
    asked = understand(entry.title, lexicon())
    asked = replace(
        asked, ideas=tuple(idea for idea in asked.ideas if idea.weight >= 1) or asked.ideas, numbers=()
    )
    answer = index.ask(asked, {}, texts_in_record, upto=most + 1) if asked.ideas else Answer()
    numbers = [row.number for row in answer.found if row.number != entry.pk]
    rows = {entry.pk: entry for entry in shown_entries(numbers)}
    return [rows[number] for number in numbers if number in rows][:most]


def entries() -> QuerySet[SearchEntry]:
    """Everything that can be found, newest first."""
    return SearchEntry.objects.order_by("-published_on", "-id")


__all__ = [
    "ALL",
    "Facet",
    "Hit",
    "Narrow",
    "Reader",
    "Results",
    "fold",
    "keys_found",
    "matching",
    "search",
    "similar_to",
    "suggest",
]
