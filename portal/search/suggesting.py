"""Suggestions for somebody who is still typing: titles, functions, and what others asked."""

from __future__ import annotations

from typing import Any

from tantivy import Occur, Query

from portal.search.engine.reader import Reader
from portal.search.engine.schema import schema
from portal.search.fallback import matching
from portal.search.following import reader
from portal.search.functions import FUNCTIONS
from portal.search.models import AskedQuery, SearchEntry
from portal.search.spelling import is_whole, readings
from portal.search.text import plain, runs, signs_of

MOST_SUGGESTED = 8
LOOKED_AT = 40
ASKED_BY, OTHERS = 5, 2
LONGEST = 30


def suggest(query: str) -> list[str]:
    """Titles that begin so, then titles that have it; each once. What others asked stands between."""
    folded = plain(query)[:LONGEST]
    if not runs(folded):
        return []
    index = reader()
    titles = _titles(index, folded) if index is not None else _from_database(query)
    begin = [title for title in titles if plain(title).startswith(folded)]
    ordered = [*begin, *_functions(folded), *_others(folded), *titles]
    return list(dict.fromkeys(ordered))[:MOST_SUGGESTED]


def _titles(index: Reader, folded: str) -> list[str]:
    found = index.searcher.search(_wanted(folded), LOOKED_AT, count=False).hits
    numbers = index.searcher.fast_field_values("id", [address for _, address in found])
    rows: dict[Any, str] = dict(
        SearchEntry.objects.filter(pk__in=[number for number in numbers if number]).values_list("pk", "title")
    )
    return [rows[number] for number in numbers if number in rows]


def _wanted(folded: str) -> Query:
    """Titles with the signs side by side, or spelt so."""
    ways = [_side_by_side("title_signs", signs_of(folded))]
    letters = folded.replace(" ", "")
    for units in readings(letters)[:2] if len(letters) > 1 else ():
        if all(is_whole(unit) for unit in units):
            ways.append(_side_by_side("spelt", list(units)))
        elif len(units) > 1:
            heads = [unit[0] for unit in units]
            ways.append(_side_by_side("initials", list(map(str.__add__, heads, heads[1:]))))
    return Query.boolean_query([(Occur.Should, way) for way in ways])


def _side_by_side(name: str, tokens: list[str]) -> Query:
    if len(tokens) == 1:
        return Query.term_query(schema(), name, tokens[0])
    return Query.phrase_query(schema(), name, list(tokens))


def _from_database(query: str) -> list[str]:
    rows = matching(query).values_list("title", flat=True)[:LOOKED_AT]
    return [title for title in rows if plain(query) in plain(title)]


def _functions(folded: str) -> list[str]:
    return [row.title for row in FUNCTIONS if any(word.startswith(folded) for word in row.words)][:OTHERS]


def _others(folded: str) -> list[str]:
    """What at least five others asked and found."""
    rows = AskedQuery.objects.filter(text__startswith=folded, asked__gte=ASKED_BY, found__gt=0)
    return list(rows.order_by("-asked", "pk").values_list("text", flat=True)[:OTHERS])
