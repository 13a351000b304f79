"""Queries to the index, in two rounds.

The first takes the likely texts by single words alone, which tantivy finds without looking at every text. The second
weighs only those: words side by side, how many of the ideas a text has and how rare they are, its rank.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import tantivy
from tantivy import Occur, Query

from portal.search.asking import Asked, Idea, Way
from portal.search.engine.schema import schema
from portal.search.text import pairs_of, words_of

TITLE, TITLE_PAIRS, BODY, BODY_PAIRS = 4.0, 2.0, 1.0, 0.5
PHRASE_IN_TITLE, WHOLE_IN_TITLE, HAVING, TIE = 3.0, 4.0, 1.5, 0.15
NUMBER, PART = 20.0, 0.5
MOST_RARE, LEAST_RARE = 7.0, 0.5
MOST_TERMS = 120


def term(name: str, text: str, weight: float, option: str = "position") -> Query:
    """A weighed word of a field."""
    return Query.boost_query(Query.term_query(schema(), name, text, option), weight)


def constant(query: Query, score: float) -> Query:
    """The same score for every text that the query finds."""
    return Query.const_score_query(query, score)


def phrase(name: str, tokens: list[str]) -> Query | None:
    """Tokens side by side; None without any."""
    if not tokens:
        return None
    if len(tokens) == 1:
        return Query.term_query(schema(), name, tokens[0])
    return Query.phrase_query(schema(), name, list(tokens))


def either(queries: Iterable[Query]) -> Query:
    """At least one of them."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def every(queries: Iterable[Query]) -> Query:
    """All of them."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def saying(text: str) -> Query:
    """Texts in which these signs stand side by side, in the title or the body; a lone sign in any word."""
    found = [query for name in ("title_pairs", "body_pairs") if (query := phrase(name, pairs_of(text)))]
    if len(text) == 1:
        found += [Query.term_query(schema(), "title_signs", text, "position")]
        found += (
            [Query.regex_query(schema(), "body_pairs", f"{text}.")] if "\u3400" <= text <= "\u9fff" else []
        )
    return either(found) if found else Query.empty_query()


def having(idea: Idea) -> Query:
    """Texts that have an idea in any of its words."""
    return either(saying(way.text) for way in idea.ways)


def terms_of(idea: Idea) -> list[Query]:
    """The single words and pairs of an idea, weighed: the title counts more than the body."""
    found: list[Query] = []
    for way in idea.ways:
        weight = idea.weight * way.weight
        words = list(dict.fromkeys(words_of(way.text)))
        pairs = [pair for pair in dict.fromkeys(pairs_of(way.text)) if len(pair) > 1]
        share = weight / max(len(words), 1) ** 0.5
        for word in words:
            part = share if word == way.text else share * PART
            found += [term("title", word, TITLE * part, "freq"), term("body", word, BODY * part, "freq")]
        share = weight / max(len(pairs), 1) ** 0.5
        for pair in pairs:
            found += [
                term("title_pairs", pair, TITLE_PAIRS * share),
                term("body_pairs", pair, BODY_PAIRS * share),
            ]
        if len(way.text) == 1:
            found.append(term("title_signs", way.text, TITLE * weight))
    return found


def rarity(searcher: tantivy.Searcher, idea: Idea) -> float:
    """How much it tells that a text has the idea: the logarithm of how few do, by its best known word."""
    most = max(_known(searcher, way) for way in idea.ways)
    total = max(searcher.num_docs, 1)
    return min(max(math.log((total + 1) / (most + 0.5)), LEAST_RARE), MOST_RARE) if most else MOST_RARE


def _known(searcher: tantivy.Searcher, way: Way) -> int:
    pairs = pairs_of(way.text)
    if not pairs:
        return 0
    if len(pairs) > 1 or len(pairs[0]) > 1:
        return min(
            searcher.doc_freq("body_pairs", pair) + searcher.doc_freq("title_pairs", pair) for pair in pairs
        )
    return searcher.doc_freq("title_signs", way.text) or searcher.doc_freq("body", way.text)


def first_round(asked: Asked) -> Query:
    """Texts with any of the words; a flat disjunction, which tantivy cuts short."""
    found = [query for idea in asked.ideas for query in terms_of(idea)][:MOST_TERMS]
    found += [term("number", number, NUMBER, "basic") for number in asked.numbers]
    return either(found)


def second_round(asked: Asked, searcher: tantivy.Searcher) -> Query:
    """The words again, words side by side, and each idea that a text has at all."""
    return either(query for _, query in parts(asked, searcher))


def parts(asked: Asked, searcher: tantivy.Searcher) -> list[tuple[str, Query]]:
    """What a text is scored for, each with a name; the score is their sum, times the rank of the text."""
    found = [("words", first_round(asked))]
    for idea in asked.ideas:
        score = HAVING * idea.weight * rarity(searcher, idea)
        found.append((f"has {idea.text}", constant(having(idea), score)))
        side = [
            Query.boost_query(query, PHRASE_IN_TITLE * idea.weight * way.weight)
            for way in idea.ways
            if (query := phrase("title_pairs", pairs_of(way.text))) is not None
        ]
        if side:
            found.append((f"{idea.text} in the title", Query.disjunction_max_query(side, TIE)))
    whole = phrase("title_pairs", pairs_of(asked.core)) if len(asked.ideas) > 1 else None
    if whole is not None:
        found.append(("side by side in the title", Query.boost_query(whole, WHOLE_IN_TITLE)))
    return found


def conditions(asked: Asked) -> list[tuple[Occur, Query]]:
    """What must stand and what must not: quoted words, excluded ones, document numbers."""
    found = [(Occur.Must, saying(text)) for text in asked.exact]
    found += [(Occur.MustNot, saying(text)) for text in asked.without]
    found += [(Occur.Must, Query.term_query(schema(), "number", number, "basic")) for number in asked.numbers]
    return found
