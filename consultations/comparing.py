"""Two versions of a text that may hold several documents: the map of clauses, and the rows of the three views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from consultations.clauses.compare import VersionMap, compare
from consultations.clauses.parse import parse
from consultations.clauses.presentation import CleanRow, MarkedRow, Pair, clean, marked, side_by_side
from consultations.clauses.tree import Document, walk

VIEWS = {"marked": "标出修改", "both": "左右对照", "clean": "修改后全文"}


@dataclass(frozen=True)
class Compared:
    """One document in three views, and how many of its clauses were changed in any way."""

    title: str
    clean: list[CleanRow]
    marked: list[MarkedRow]
    both: list[Pair]
    changed: int


def prefix_of(index: int, several: bool) -> str:
    """What stands before the ids of the clauses of the index-th document (from 1) of a text of several."""
    return f"d{index}." if several else ""


def _pairs(old: str, new: str) -> Iterator[tuple[int, bool, bool, Document | None, Document | None]]:
    olds, news = parse(old).documents, parse(new).documents
    for index, (before, after) in enumerate(zip_longest(olds, news), 1):
        yield index, len(olds) > 1, len(news) > 1, before, after


def map_of(old: str, new: str) -> list[tuple[str, str, str]]:
    """(old ref or "", new ref or "", change) for every clause of both texts, in the order of the new one."""
    rows: list[tuple[str, str, str]] = []
    for index, several_old, several_new, before, after in _pairs(old, new):
        front, back = prefix_of(index, several_old), prefix_of(index, several_new)
        if before is None or after is None:
            rows += _alone(before, after, front, back)
            continue
        rows += [
            (f"{front}{one}" if one else "", f"{back}{other}" if other else "", change.value)
            for one, other, change in compare(before, after).rows()
        ]
    return rows


def _alone(
    before: Document | None, after: Document | None, front: str, back: str
) -> list[tuple[str, str, str]]:
    gone = [(f"{front}{placed.clause.ref}", "", "removed") for placed in (walk(before) if before else [])]
    come = [("", f"{back}{placed.clause.ref}", "added") for placed in (walk(after) if after else [])]
    return gone + come


def compared(old: str, new: str) -> list[Compared]:
    """Each document that both texts have, in the three views."""
    found = []
    for _, _, _, before, after in _pairs(old, new):
        if before is None or after is None:
            continue
        between: VersionMap = compare(before, after)
        found.append(
            Compared(
                title=after.title,
                clean=clean(after),
                marked=marked(before, after, between),
                both=side_by_side(before, after, between),
                changed=sum(entry.change.value != "kept" for entry in between.entries),
            )
        )
    return found
