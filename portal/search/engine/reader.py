"""Answers of one index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from portal.search.asking import Asked, Idea
from portal.search.engine import scoring
from portal.search.engine.schema import schema

CANDIDATES = 40
MOST_COUNTED = 300
WEAK = 0.12
Hits = Sequence[tuple[float, tantivy.DocAddress]]
Texts = Callable[[list[int]], Mapping[int, tuple[str, str]]]


class Scored(NamedTuple):
    """The row's number, its score and its day."""

    number: int
    score: float
    day: int = 0


@dataclass
class Answer:
    """What an index says to a query: so many of the best, counts by kind, unit and year among the counted."""

    found: list[Scored] = field(default_factory=list)
    total: int = 0
    more: bool = False
    kinds: Counter[int] = field(default_factory=Counter)
    chips: Counter[int] = field(default_factory=Counter)
    units: Counter[int] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    loosened: bool = False


def clear_ideas(asked: Asked) -> list[Idea]:
    """The ideas that matter: those that every good answer has."""
    clear = [idea for idea in asked.ideas if idea.weight >= 1 and "+" not in idea.text]
    return clear or list(asked.ideas)


class Reader:
    """One index at one moment."""

    def __init__(self, index: tantivy.Index) -> None:
        self.index = index
        self.searcher = index.searcher()

    def refresh(self) -> None:
        """See what was committed since."""
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(
        self, asked: Asked, narrow: Mapping[str, str], texts: Texts, *, upto: int = 20, by_day: bool = False
    ) -> Answer:
        """The best texts; `narrow` holds tokens of the fields kind, chip, unit and year.

        `texts` gives folded titles and folded whole texts by number, for the best few.
        """
        must = scoring_conditions(asked)
        must += [
            (Occur.Must, Query.term_query(schema(), name, value, "basic"))
            for name, value in narrow.items()
            if value
        ]
        limit = max(MOST_COUNTED + 1, upto)
        if not asked.ideas:
            return self._in_order(Query.boolean_query(must), limit, upto) if not asked.is_empty else Answer()
        flat = scoring.first_round(asked, self.searcher)
        hits: Hits = self._found([*must, (Occur.Must, flat)] if must else flat, limit)
        if not hits and not must:
            hits = self._found(scoring.last_resort(asked), upto)
        answer, whole = self._weighed(asked, hits, texts, upto)
        if not whole:
            more = self._found(self._strict(asked, must), CANDIDATES)
            if more:
                answer, whole = self._weighed(asked, [*more, *_others(hits, more)], texts, upto)
        answer.loosened = not whole
        if by_day and whole:
            return self._in_order(self._strict(asked, must), limit, upto)
        return answer

    def _found(self, query: Query | list[tuple[Occur, Query]], limit: int) -> Hits:
        made = Query.boolean_query(query) if isinstance(query, list) else query
        return self.searcher.search(made, limit, count=False).hits

    def _strict(self, asked: Asked, must: list[tuple[Occur, Query]]) -> Query:
        return Query.boolean_query(
            [*must, *((Occur.Must, scoring.having(idea)) for idea in clear_ideas(asked))]
        )

    def _in_order(self, query: Query, limit: int, upto: int) -> Answer:
        """Everything that a query finds, the newest first."""
        hits = self.searcher.search(query, limit, count=False, order_by_field="day").hits
        addresses = [address for _, address in hits]
        answer = self._counted(addresses)
        rows = zip(self._values("id", addresses), self._values("day", addresses), strict=True)
        found = [Scored(number, 0.0, day) for number, day in rows]
        answer.found = sorted(found, key=lambda row: (-row.day, -row.number))[:upto]
        return answer

    def _weighed(self, asked: Asked, hits: Hits, texts: Texts, upto: int) -> tuple[Answer, bool]:
        """The hits in the order of both rounds, and whether one of them has every idea that matters."""
        addresses = [address for _, address in hits]
        numbers, days = self._values("id", addresses), self._values("day", addresses)
        ranks = self._values("rank", addresses[:CANDIDATES])
        read = texts(numbers[:CANDIDATES])
        rare = {idea.text: scoring.rarity(self.searcher, idea) for idea in asked.ideas}
        clear = clear_ideas(asked)
        best: list[Scored] = []
        weak: set[int] = set()
        whole = False
        least = hits[0][0] * WEAK if hits else 0.0
        for (score, _), number, day, rank in zip(hits, numbers, days, ranks, strict=False):
            title, text = read.get(number, ("", ""))
            more = scoring.more_of(asked, rare, title, text)
            best.append(Scored(number, (score + more) * float(rank), day))
            fits = scoring.has_all(clear, text)
            whole = whole or fits
            if not fits and (len(clear) == 1 or score < least):
                weak.add(number)
        best.sort(key=lambda row: (-row.score, -row.day, -row.number))
        kept = [row for row in best if not whole or row.number not in weak]
        if len(clear) < 2:
            least = 0.0
        for at in range(CANDIDATES, len(hits)):
            if len(kept) >= upto:
                break
            if hits[at][0] >= least:
                kept.append(Scored(numbers[at], hits[at][0], days[at]))
        if whole and weak:
            addresses = [at for at, number in zip(addresses, numbers, strict=True) if number not in weak]
        answer = self._counted(addresses)
        answer.found = kept[:upto]
        return answer, whole

    def _counted(self, addresses: list[tantivy.DocAddress]) -> Answer:
        counted = addresses[:MOST_COUNTED]
        return Answer(
            total=len(counted),
            more=len(addresses) > MOST_COUNTED,
            kinds=self._counts("kind_no", counted),
            chips=self._counts("chip_no", counted),
            units=self._counts("unit_no", counted),
            years=self._counts("year_no", counted),
        )

    def parts(self, asked: Asked, number: int, texts: Texts) -> list[tuple[str, float]]:
        """What a text is scored for."""
        one = Query.const_score_query(Query.term_query(schema(), "id", number), 0.0)
        flat = scoring.first_round(asked, self.searcher)
        hits = self._found([(Occur.Must, one), (Occur.Must, flat)], 1)
        if not hits:
            return []
        rare = {idea.text: scoring.rarity(self.searcher, idea) for idea in asked.ideas}
        title, text = texts([number]).get(number, ("", ""))
        (rank,) = self._values("rank", [hits[0][1]])
        found = [("words", hits[0][0]), *scoring.parts_of(asked, rare, title, text)]
        return [*found, ("times its rank", float(rank))]

    def _values(self, name: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return list(self.searcher.fast_field_values(name, addresses))  # type: ignore[arg-type]

    def _counts(self, name: str, addresses: list[tantivy.DocAddress]) -> Counter[int]:
        found: Counter[int] = Counter(self.searcher.fast_field_values(name, addresses))  # type: ignore[arg-type]
        del found[0]
        return found


def scoring_conditions(asked: Asked) -> list[tuple[Occur, Query]]:
    """What must stand and what must not: quoted words, excluded ones, document numbers."""
    found = [(Occur.Must, scoring.saying(text)) for text in asked.exact]
    found += [(Occur.MustNot, scoring.saying(text)) for text in asked.without]
    found += [(Occur.Must, Query.term_query(schema(), "number", number, "basic")) for number in asked.numbers]
    return found


def _others(hits: Hits, taken: Hits) -> list[tuple[float, tantivy.DocAddress]]:
    known = {(at.segment_ord, at.doc) for _, at in taken}
    return [(score, at) for score, at in hits if (at.segment_ord, at.doc) not in known]
