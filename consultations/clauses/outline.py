"""A document as a numbered row of clauses, as comparing needs it; every answer is kept, none computed twice."""

from __future__ import annotations

from collections.abc import Iterable

from consultations.clauses.tree import CONTAINERS, Document, Kind, walk


class Outline:
    """The clauses of a document by position (from 0): what is above and below each, and its words.

    `units` are compared first: each 条 with all that is under it, and every paragraph outside a 条. In a text
    without 条 every clause but a heading is a unit. `containers` (编 章 节, 一、) follow what they hold.
    """

    def __init__(self, document: Document) -> None:
        placed = walk(document)
        self.clauses = [row.clause for row in placed]
        where = {clause.ref: at for at, clause in enumerate(self.clauses)}
        self._parents = [where.get(row.parent, -1) for row in placed]
        self._own = [clause.own_words for clause in self.clauses]
        self._ends = list(range(1, len(placed) + 1))
        for at in reversed(range(len(placed))):
            if self._parents[at] >= 0:
                self._ends[self._parents[at]] = max(self._ends[self._parents[at]], self._ends[at])
        self.containers = [
            at for at, clause in enumerate(self.clauses) if clause.kind in (*CONTAINERS, Kind.HEADING)
        ]
        self.texts = [at for at in range(len(placed)) if at not in set(self.containers)]
        self.units = [
            at for at in self.texts if not any(self.clauses[up].kind == Kind.ARTICLE for up in self.above(at))
        ]
        self._units = set(self.units)
        self._containers = set(self.containers)

    def word(self, at: int, *, whole: bool = False) -> str:
        """The words of the clause, with `whole` those under it too."""
        return "".join(self._own[at : self._ends[at]]) if whole else self._own[at]

    def words(self, places: Iterable[int], *, whole: bool = False) -> list[str]:
        """The words of several; `whole` takes in what is under a 条."""
        return [self.word(at, whole=whole and self.clauses[at].kind == Kind.ARTICLE) for at in places]

    def long(self, at: int, least: int) -> bool:
        """True if the clause has more than `least` characters."""
        return len(self._own[at]) > least

    def weight(self, at: int) -> int:
        """How many characters it has with all that is under it."""
        return sum(len(words) for words in self._own[at : self._ends[at]])

    def above(self, at: int) -> list[int]:
        """The clauses around it, the nearest first."""
        found = []
        while (at := self._parents[at]) >= 0:
            found.append(at)
        return found

    def holders(self, at: int) -> list[int]:
        """The containers around a unit; nothing for what is under a 条."""
        return [up for up in self.above(at) if up in self._containers] if at in self._units else []

    def held(self, at: int) -> int:
        """How many units a container holds."""
        return sum(under in self._units for under in range(at + 1, self._ends[at]))

    def below(self, places: Iterable[int]) -> list[int]:
        """Everything under these 条, in order."""
        return [
            under
            for at in places
            if self.clauses[at].kind == Kind.ARTICLE
            for under in range(at + 1, self._ends[at])
        ]
