"""Two rounds. The first takes the likely texts by single words alone, in one flat disjunction, which is what an index
does fastest. The second looks at the texts of the best few themselves: which of the ideas each of them has, how rare
those are, whether they stand in the title.

A word of two signs is looked for as a pair, which finds it wherever it stands; a longer one as the cutter cuts it, and
by its pairs too where few texts have it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import tantivy
from tantivy import Query

from portal.search.asking import Asked, Idea, Way
from portal.search.engine.schema import schema
from portal.search.text import pairs_of, words_of

TITLE, BODY, PAIR, PART = 4.0, 1.0, 0.5, 0.5
IN_TITLE, WHOLE_IN_TITLE, HAVING, TIE = 3.0, 6.0, 1.5, 0.15
NUMBER = 20.0
MOST_RARE, LEAST_RARE = 7.0, 0.5
FEW = 30
MOST_TERMS = 60
USUAL_TITLE = 12


def term(name: str, text: str, weight: float, option: str = "position") -> Query:
    """A weighed word of a field."""
    return Query.boost_query(Query.term_query(schema(), name, text, option), weight)


def phrase(name: str, tokens: list[str]) -> Query | None:
    """Tokens side by side; None without any."""
    if not tokens:
        return None
    if len(tokens) == 1:
        return Query.term_query(schema(), name, tokens[0])
    return Query.phrase_query(schema(), name, list(tokens))


def either(queries: Iterable[Query]) -> Query:
    """At least one of them."""
    return Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def saying(text: str) -> Query:
    """Texts in which these signs stand side by side, in the title or the body; a lone sign in any word."""
    found = [query for name in ("title_pairs", "body_pairs") if (query := phrase(name, pairs_of(text)))]
    if len(text) == 1:
        found.append(Query.term_query(schema(), "title_signs", text))
        found += (
            [Query.regex_query(schema(), "body_pairs", f"{text}.")] if "\u3400" <= text <= "\u9fff" else []
        )
    return either(found) if found else Query.empty_query()


def having(idea: Idea) -> Query:
    """Texts that have an idea in any of its words."""
    return either(saying(way.text) for way in idea.ways)


@lru_cache(2048)
def _cut(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(dict.fromkeys(words_of(text))), tuple(dict.fromkeys(pairs_of(text)))


def terms_of(idea: Idea, searcher: tantivy.Searcher) -> list[tuple[str, str, float]]:
    """Fields, words and weights of an idea: the title counts more than the body."""
    found: list[tuple[str, str, float]] = []
    for way in idea.ways:
        words, pairs = _cut(way.text)
        weight = idea.weight * way.weight
        share = weight / max(len(words), 1) ** 0.5
        for word in words:
            part = share if word == way.text else share * PART
            found += _of_word(word, part)
        if len(way.text) > 2 and _is_rare(way.text, searcher):
            share = weight * PAIR / max(len(pairs), 1) ** 0.5
            for pair in pairs:
                found += [("title_pairs", pair, TITLE * share), ("body_pairs", pair, BODY * share)]
    return found


def _of_word(word: str, weight: float) -> list[tuple[str, str, float]]:
    if len(word) == 1:
        return [("title_signs", word, TITLE * weight), ("body", word, BODY * weight)]
    title, body = (
        ("title_pairs", "body_pairs") if len(word) == 2 and not word.isascii() else ("title", "body")
    )
    return [(title, word, TITLE * weight), (body, word, BODY * weight)]


def _is_rare(text: str, searcher: tantivy.Searcher) -> bool:
    return searcher.doc_freq("title", text) + searcher.doc_freq("body", text) < FEW


def first_round(asked: Asked, searcher: tantivy.Searcher) -> Query:
    """Texts with any of the words."""
    weights: dict[tuple[str, str], float] = {}
    for idea in asked.ideas:
        for name, text, weight in terms_of(idea, searcher):
            weights[name, text] = weights.get((name, text), 0.0) + weight
    words = list(weights.items())[:MOST_TERMS]
    found = [term(name, text, weight, _option(name)) for (name, text), weight in words]
    found += [term("number", number, NUMBER, "basic") for number in asked.numbers]
    return either(found)


def _option(name: str) -> str:
    return "freq" if name in ("title", "body") else "position"


def last_resort(asked: Asked) -> Query:
    """Where no word is known: titles with any of the signs, and the question words in the texts."""
    signs = dict.fromkeys(sign for idea in asked.ideas for sign in idea.text if sign.isalnum())
    found = [term("title_signs", sign, 1.0) for sign in signs]
    found += [term("body_pairs", pair, 0.2) for word in asked.silent for pair in pairs_of(word)]
    return either(found[:MOST_TERMS])


def rarity(searcher: tantivy.Searcher, idea: Idea) -> float:
    """How much it tells that a text has the idea: the logarithm of how few do, by its best known word."""
    most = max(_known(searcher, way) for way in idea.ways)
    total = max(searcher.num_docs, 1)
    return min(max(math.log((total + 1) / (most + 0.5)), LEAST_RARE), MOST_RARE) if most else MOST_RARE


def _known(searcher: tantivy.Searcher, way: Way) -> int:
    _, pairs = _cut(way.text)
    if not pairs:
        return 0
    if len(way.text) == 1:
        return searcher.doc_freq("title_signs", way.text) or searcher.doc_freq("body", way.text)
    return min(
        searcher.doc_freq("body_pairs", pair) + searcher.doc_freq("title_pairs", pair) for pair in pairs
    )


def parts_of(asked: Asked, rare: dict[str, float], title: str, text: str) -> list[tuple[str, float]]:
    """What a text is scored for beside its words, each with a name; titles and texts are folded."""
    found: list[tuple[str, float]] = []
    for idea in asked.ideas:
        had, headed = _worth(idea, rare, title, text)
        if had:
            found.append((f"has {idea.text}", had))
        if headed:
            found.append((f"{idea.text} in the title", headed))
    if _is_side_by_side(asked, title):
        found.append(("side by side in the title", WHOLE_IN_TITLE))
    return found


def more_of(asked: Asked, rare: dict[str, float], title: str, text: str) -> float:
    """The sum of those parts; without their names, because every search asks for it forty times."""
    found = WHOLE_IN_TITLE if _is_side_by_side(asked, title) else 0.0
    for idea in asked.ideas:
        had, headed = _worth(idea, rare, title, text)
        found += had + headed
    return found


def _is_side_by_side(asked: Asked, title: str) -> bool:
    return len(asked.ideas) > 1 and len(asked.core) > 1 and asked.core in title


def _worth(idea: Idea, rare: dict[str, float], title: str, text: str) -> tuple[float, float]:
    """For having the idea at all, and for having it in the title: more in a short one."""
    had = _best(idea, text)
    if not had:
        return 0.0, 0.0
    weight = idea.weight * rare[idea.text]
    headed = _best(idea, title)
    short = 1 / (0.4 + 0.6 * len(title) / USUAL_TITLE)
    return HAVING * weight * (0.7 + 0.3 * had), IN_TITLE * weight * headed * short


def _best(idea: Idea, text: str) -> float:
    """The weight of the best wording that a text has; 0 for none. Words together must all be there."""
    best = 0.0
    for way in idea.ways:
        if way.weight > best and way.text in text:
            best = way.weight
    return best


def has_all(ideas: Iterable[Idea], text: str) -> bool:
    """True if a folded text has each of some ideas in any of its words."""
    return all(any(way.text in text for way in idea.ways) for idea in ideas)
