"""Answers of one index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import Occur, Query

from portal.search.asking import Asked, Idea
from portal.search.engine import scoring
from portal.search.engine.schema import schema

CANDIDATES = 160
MOST_COUNTED = 1000
WEAK = 0.12
Hits = Sequence[tuple[float, tantivy.DocAddress]]


@dataclass(frozen=True)
class Scored:
    """The row's number and its score, best first."""

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

    def ask(self, asked: Asked, narrow: Mapping[str, str], *, upto: int = 20, by_day: bool = False) -> Answer:
        """The best texts; `narrow` holds tokens of the fields kind, unit and year."""
        must = scoring.conditions(asked)
        must += [
            (Occur.Must, Query.term_query(schema(), name, value, "basic"))
            for name, value in narrow.items()
            if value
        ]
        limit = max(MOST_COUNTED + 1, upto)
        if not asked.ideas:
            return (
                self._in_order(Query.boolean_query(must), limit, upto)
                if must and not asked.is_empty
                else Answer()
            )
        strict = Query.boolean_query(
            [*must, *((Occur.Must, scoring.having(idea)) for idea in clear_ideas(asked))]
        )
        loosened = not self.searcher.search(strict, 1, count=False).hits
        if by_day and not loosened:
            return self._in_order(strict, limit, upto)
        flat = scoring.first_round(asked)
        wanted = Query.boolean_query([*must, (Occur.Must, flat)]) if must else flat
        hits: Hits = self.searcher.search(wanted, limit, count=False).hits
        if not loosened:
            hits = self._fitting(asked, strict, hits, limit)
        answer = self._answer(asked, hits, upto)
        answer.loosened = loosened
        if by_day:
            answer.found.sort(key=lambda row: (-row.day, -row.number))
        return answer

    def _in_order(self, query: Query, limit: int, upto: int) -> Answer:
        """Everything that a query finds, the newest first."""
        hits = self.searcher.search(query, limit, count=False, order_by_field="day").hits
        addresses = [address for _, address in hits]
        answer = self._counted(addresses)
        rows = zip(self._values("id", addresses), self._values("day", addresses), strict=True)
        found = [Scored(number, 0.0, day) for number, day in rows]
        answer.found = sorted(found, key=lambda row: (-row.day, -row.number))[:upto]
        return answer

    def _fitting(self, asked: Asked, strict: Query, hits: Hits, limit: int) -> Hits:
        """Without the texts that share little: of one idea only those that have it, of several the better ones too."""
        numbers = self._values("id", [address for _, address in hits])
        among = scoring.constant(Query.term_set_query(schema(), "id", numbers), 0.0)
        both = Query.boolean_query([(Occur.Must, among), (Occur.Must, scoring.constant(strict, 0.0))])
        whole = {(at.segment_ord, at.doc) for _, at in self.searcher.search(both, limit, count=False).hits}
        if not whole:
            return list(self.searcher.search(strict, limit, count=False).hits)
        least = hits[0][0] * WEAK if len(clear_ideas(asked)) > 1 else float("inf")
        return [(score, at) for score, at in hits if score >= least or (at.segment_ord, at.doc) in whole]

    def _answer(self, asked: Asked, hits: Hits, upto: int) -> Answer:
        addresses = [address for _, address in hits]
        numbers = self._values("id", addresses)
        days = dict(zip(numbers, self._values("day", addresses), strict=True))
        best = self._second(asked, numbers[:CANDIDATES]) if numbers else {}
        order = sorted(best, key=lambda number: (-best[number], -days[number], -number))
        rest = [
            Scored(number, score, days[number])
            for number, (score, _) in zip(numbers, hits, strict=True)
            if number not in best
        ]
        answer = self._counted(addresses)
        answer.found = [*(Scored(number, best[number], days[number]) for number in order), *rest][:upto]
        return answer

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

    def _second(self, asked: Asked, numbers: list[int]) -> dict[int, float]:
        among = Query.term_set_query(schema(), "id", numbers)
        query = Query.boolean_query(
            [
                (Occur.Must, scoring.constant(among, 0.0)),
                (Occur.Should, scoring.second_round(asked, self.searcher)),
            ]
        )
        hits = self.searcher.search(query, len(numbers), count=False, weight_by_field="rank").hits
        found = self._values("id", [address for _, address in hits])
        return {number: score for number, (score, _) in zip(found, hits, strict=True)}

    def parts(self, asked: Asked, number: int) -> list[tuple[str, float]]:
        """What a text is scored for."""
        one = Query.term_query(schema(), "id", number)
        found = []
        for name, query in scoring.parts(asked, self.searcher):
            both = Query.boolean_query([(Occur.Must, scoring.constant(one, 0.0)), (Occur.Must, query)])
            hits = self.searcher.search(both, 1, count=False).hits
            found += [(name, hits[0][0])] if hits else []
        ranks = self._values("rank", [address for _, address in self.searcher.search(one, 1).hits])
        return [*found, *(("times its rank", float(rank)) for rank in ranks)]

    def _values(self, name: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return list(self.searcher.fast_field_values(name, addresses))  # type: ignore[arg-type]

    def _counts(self, name: str, addresses: list[tantivy.DocAddress]) -> Counter[int]:
        return Counter(value for value in self.searcher.fast_field_values(name, addresses) if value)  # type: ignore[misc]
