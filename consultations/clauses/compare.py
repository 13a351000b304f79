"""The version map: what became of each clause of a version in a later one.

Every clause of the old version is in exactly one entry; every clause of the new one is in at least one (a 款
that became a 条 of its own when its 条 was split points to that 条 too). Only words count: a clause whose
number changed because another was put in before it is kept (`renumbered`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from consultations.clauses.alignment import align, heaviest_run
from consultations.clauses.outline import Outline
from consultations.clauses.tree import Clause, Document

# A clause that left its 条 is found again elsewhere only if it is at least so much alike, and so long.
ALIKE_ELSEWHERE = 78.0
LONGEST_CHANCE = 6


class Change(StrEnum):
    """What became of a clause; the values are those of `consultations.choices.Change`."""

    KEPT = "kept"
    CHANGED = "changed"
    MOVED = "moved"
    SPLIT = "split"
    REMOVED = "removed"
    ADDED = "added"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the map. `change` is the gravest word; the flags say all that is true of a pair.

    `inside` is true if the clause or anything under it has other words now.
    """

    change: Change
    olds: tuple[Clause, ...]
    news: tuple[Clause, ...]
    renumbered: bool = False
    moved: bool = False
    reworded: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class VersionMap:
    """The entries in the order of the new text; what was removed stands behind what stood before it."""

    entries: tuple[Entry, ...]

    def of_old(self, ref: str) -> Entry | None:
        """What became of the old clause of that ref."""
        return next((entry for entry in self.entries if any(old.ref == ref for old in entry.olds)), None)

    def of_new(self, ref: str) -> Entry | None:
        """Where the new clause of that ref came from."""
        return next((entry for entry in self.entries if any(new.ref == ref for new in entry.news)), None)

    def rows(self) -> list[tuple[str, str, Change]]:
        """(old ref or "", new ref or "", change), one row for each pair: a split gives one for each part."""
        return [
            (old, new, entry.change)
            for entry in self.entries
            for old in ([clause.ref for clause in entry.olds] or [""])
            for new in ([clause.ref for clause in entry.news] or [""])
        ]


def compare(old: Document, new: Document) -> VersionMap:
    """The version map of two documents; the same input always gives the same map."""
    return _Comparison(Outline(old), Outline(new)).map()


class _Comparison:
    def __init__(self, old: Outline, new: Outline) -> None:
        self._old, self._new = old, new
        self._groups: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self._found: dict[int, tuple[int, ...]] = {}
        self._came: dict[int, list[int]] = defaultdict(list)

    def map(self) -> VersionMap:
        """Units, then what is under them, then what left its place, then 编 章 节."""
        self._align(self._old.units, self._new.units, whole=True)
        for olds, news in list(self._groups):
            self._align(self._old.below(olds), self._new.below(news))
        self._elsewhere()
        self._containers()
        return VersionMap(tuple(self._ordered()))

    def _note(self, olds: Iterable[int], news: Iterable[int]) -> None:
        group = tuple(olds), tuple(news)
        self._groups.append(group)
        for at in group[0]:
            self._found[at] = group[1]
        for at in group[1]:
            self._came[at].extend(group[0])

    def _align(self, olds: list[int], news: list[int], *, whole: bool = False) -> None:
        found = align(self._old.words(olds, whole=whole), self._new.words(news, whole=whole))
        for at, to in sorted(found.pairs.items()):
            self._note([olds[at]], [news[to]])
        for at, parts in sorted(found.splits.items()):
            self._note([olds[at]], [news[to] for to in parts])
        for to, parts in sorted(found.mergers.items()):
            self._note([olds[at] for at in parts], [news[to]])

    def _elsewhere(self) -> None:
        """Clauses that became part of another 条, or a 条 of their own."""
        olds = [at for at in self._old.texts if at not in self._found and self._old.long(at, LONGEST_CHANCE)]
        news = [at for at in self._new.texts if at not in self._came and self._new.long(at, LONGEST_CHANCE)]
        found = align(self._old.words(olds), self._new.words(news), ALIKE_ELSEWHERE)
        for at, to in sorted(found.pairs.items()):
            self._note([olds[at]], [news[to]])
        for at in [at for at in olds if at not in self._found]:
            # Its 条 was split or merged: it is where the words of that 条 went.
            group = [new for up in self._old.above(at) for new in self._found.get(up, ())]
            words = self._old.word(at)
            best = max(((fuzz.ratio(words, self._new.word(new)), -new) for new in group), default=(0.0, 0))
            if best[0] >= ALIKE_ELSEWHERE and len(group) > 1:
                self._note([at], [-best[1]])

    def _containers(self) -> None:
        """编 章 节 and 一、 by their headings and by what they hold."""
        votes: dict[tuple[int, int], int] = defaultdict(int)
        for at, news in self._found.items():
            for up in self._old.holders(at):
                for to in {holder for new in news for holder in self._new.holders(new)}:
                    votes[up, to] += 1
        scored = []
        for at in self._old.containers:
            for to in self._new.containers:
                if self._old.clauses[at].kind != self._new.clauses[to].kind:
                    continue
                size = max(self._old.held(at), self._new.held(to), 1)
                heading = fuzz.ratio(self._old.word(at), self._new.word(to)) / 100
                score = (heading if heading >= 0.7 else 0.0) + votes[at, to] / size
                if score >= 0.5:
                    scored.append((-score, abs(at - to), at, to))
        for _, _, at, to in sorted(scored):
            if at not in self._found and to not in self._came:
                self._note([at], [to])

    def _moved(self) -> set[int]:
        """The old clauses that stand elsewhere now: under another clause, or past their neighbours."""
        single = {olds[0]: news[0] for olds, news in self._groups if len(olds) == len(news) == 1}
        moved: set[int] = set()
        order: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, to in sorted(single.items()):
            up = next((above for above in self._old.above(at) if above in self._found), -1)
            over = next((above for above in self._new.above(to) if above in self._came), -1)
            stays = up < 0 or bool(set(self._found[up]) & set(self._new.above(to)))
            stays |= over < 0 or bool(set(self._came[over]) & set(self._old.above(at)))
            if stays:
                order[up, over].append(at)
            else:
                moved.add(at)
        for row in order.values():
            # Words weigh, and a whole chapter more than one 条 of it: the smaller one is said to have moved.
            weights = [1 + self._old.weight(at) for at in row]
            stayed = heaviest_run([single[at] for at in row], weights)
            moved.update(at for place, at in enumerate(row) if place not in stayed)
        return moved

    def _ordered(self) -> list[Entry]:
        moved = self._moved()
        keyed: list[tuple[tuple[int, int, int], Entry]] = []
        for olds, news in self._groups:
            keyed.append(((min(news), 0, min(olds)), self._entry(olds, news, olds[0] in moved)))
        for to in range(len(self._new.clauses)):
            if to not in self._came:
                keyed.append(((to, 0, -1), Entry(Change.ADDED, (), (self._new.clauses[to],), inside=True)))
        last = -1
        for at in range(len(self._old.clauses)):
            if at in self._found:
                last = last if at in moved else max(self._found[at])
            else:
                entry = Entry(Change.REMOVED, (self._old.clauses[at],), (), inside=True)
                keyed.append(((last, 1, at), entry))
        return [entry for _, entry in sorted(keyed, key=lambda pair: pair[0])]

    def _entry(self, olds: tuple[int, ...], news: tuple[int, ...], moved: bool) -> Entry:
        before = tuple(self._old.clauses[at] for at in olds)
        after = tuple(self._new.clauses[at] for at in news)
        if len(after) > 1:
            return Entry(Change.SPLIT, before, after, reworded=True, inside=True)
        if len(before) > 1:
            return Entry(Change.MERGED, before, after, reworded=True, inside=True)
        reworded = before[0].own_words != after[0].own_words
        return Entry(
            Change.CHANGED if reworded else Change.MOVED if moved else Change.KEPT,
            before,
            after,
            renumbered=(before[0].kind, before[0].number) != (after[0].kind, after[0].number),
            moved=moved,
            reworded=reworded,
            inside=self._old.word(olds[0], whole=True) != self._new.word(news[0], whole=True),
        )
