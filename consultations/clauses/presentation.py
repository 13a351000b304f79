"""The three views of two versions as rows for a template: clean, marked, side by side.

Every clause of the new version has one row, in its order; what was removed or merged away has one behind what
stood before it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from consultations.clauses.compare import Change, Entry, VersionMap
from consultations.clauses.marks import Op, Run, cut, left_of, marks, replaced, right_of
from consultations.clauses.tree import Clause, Document, Kind, walk


@dataclass(frozen=True, slots=True)
class CleanRow:
    """A clause as it reads now."""

    ref: str
    kind: Kind
    depth: int
    citation: str
    label: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A clause with what was put in and taken out. `ref` is "" for a removed one, `old_refs` for a new one."""

    change: Change
    note: str
    ref: str
    old_refs: tuple[str, ...]
    kind: Kind
    depth: int
    citation: str
    label: tuple[Run, ...]
    heading: tuple[Run, ...]
    text: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a pair."""

    ref: str
    kind: Kind
    depth: int
    citation: str
    label: tuple[Run, ...]
    heading: tuple[Run, ...]
    text: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An old clause beside the new one; a side is None if there is none."""

    change: Change
    note: str
    left: Cell | None
    right: Cell | None


@dataclass(frozen=True, slots=True)
class _Row:
    entry: Entry
    olds: tuple[Clause, ...]
    new: Clause | None
    label: tuple[Run, ...]
    heading: tuple[Run, ...]
    text: tuple[Run, ...]


def clean(document: Document) -> list[CleanRow]:
    """The clauses of one version."""
    return [
        CleanRow(
            placed.clause.ref,
            placed.clause.kind,
            placed.depth,
            placed.clause.citation,
            placed.clause.label,
            placed.clause.heading,
            placed.clause.text,
        )
        for placed in walk(document)
    ]


def marked(old: Document, new: Document, found: VersionMap) -> list[MarkedRow]:
    """The new version with all changes since the old one."""
    old_depths, new_depths = _depths(old), _depths(new)
    rows = []
    for row in _rows(new, found):
        shown = row.new or row.olds[0]
        depth = new_depths[shown.ref] if row.new else old_depths[shown.ref]
        rows.append(
            MarkedRow(
                row.entry.change,
                note_of(row.entry, row.new),
                row.new.ref if row.new else "",
                tuple(clause.ref for clause in row.entry.olds),
                shown.kind,
                depth,
                shown.citation,
                row.label,
                row.heading,
                row.text,
            )
        )
    return rows


def side_by_side(old: Document, new: Document, found: VersionMap) -> list[Pair]:
    """Old and new clauses in pairs, each side with only its own runs."""
    old_depths, new_depths = _depths(old), _depths(new)

    def cell(clause: Clause, depth: int, *runs: tuple[Run, ...]) -> Cell:
        return Cell(clause.ref, clause.kind, depth, clause.citation, *runs)

    pairs = []
    for row in _rows(new, found):
        right = None
        if row.new is not None:
            sides = [right_of(runs) for runs in (row.label, row.heading, row.text)]
            right = cell(row.new, new_depths[row.new.ref], *sides)
        # Of clauses that were merged the first stands beside the new one, the others below it.
        parts = cut(row.text, [len(clause.text) for clause in row.olds], side=Op.DELETE)
        lefts = []
        for clause, part in zip(row.olds, parts, strict=True):
            words = replaced(clause.label, ""), replaced(clause.heading, "")
            if len(row.olds) == 1:
                words = left_of(row.label), left_of(row.heading)
            lefts.append(cell(clause, old_depths[clause.ref], *words, left_of(part)))
        note = note_of(row.entry, row.new)
        pairs.append(Pair(row.entry.change, note, lefts[0] if lefts else None, right))
        below = note_of(row.entry, None) if row.entry.news else ""
        pairs.extend(Pair(row.entry.change, below, left, None) for left in lefts[1:])
    return pairs


def note_of(entry: Entry, shown: Clause | None) -> str:
    """What happened, in a few words: 修改，原第九条. "" if nothing did. `shown` is the new clause of the row."""
    from_where = "、".join(clause.citation for clause in entry.olds)
    if entry.change == Change.ADDED:
        return "新增"
    if entry.change == Change.REMOVED:
        return "删除"
    if entry.change == Change.SPLIT:
        return f"由{from_where}拆分"
    if entry.change == Change.MERGED:
        return f"由{from_where}合并" if shown else f"并入{entry.news[0].citation}"
    words = ["修改"] if entry.reworded else []
    if entry.moved:
        words.append(f"由{from_where}移来")
    elif entry.renumbered:
        words.append(f"原{from_where}")
    return "，".join(words)


def _depths(document: Document) -> dict[str, int]:
    return {placed.clause.ref: placed.depth for placed in walk(document)}


def _rows(new: Document, found: VersionMap) -> list[_Row]:
    """One row for each new clause, and for each old one that has no row of a new one to stand in."""
    order = {placed.clause.ref: placed.position for placed in walk(new)}
    single = {entry.news[0].ref: entry for entry in found.entries if len(entry.olds) == len(entry.news) == 1}
    keyed: list[tuple[tuple[int, int], _Row]] = []
    shown: set[str] = set()
    behind: dict[int, int] = defaultdict(int)
    last = 0

    def put(place: int, row: _Row) -> None:
        behind[place] += 1
        keyed.append(((place, behind[place]), row))

    for entry in found.entries:
        if entry.change == Change.REMOVED:
            put(last, _gone(entry, entry.olds[0]))
            continue
        last = order[entry.news[0].ref]
        # A part of a split 条 that was a 款 of it is shown against that 款.
        own = [
            clause
            for clause in entry.news
            if clause.ref not in shown and single.get(clause.ref, entry) is entry
        ]
        shown.update(clause.ref for clause in own)
        for place, row in _shared_out(entry, own, order, last):
            put(place, row)
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def _shared_out(entry: Entry, own: list[Clause], order: dict[str, int], last: int) -> list[tuple[int, _Row]]:
    if not own:
        return [(last, _gone(entry, clause)) for clause in entry.olds]
    runs = marks("".join(clause.text for clause in entry.olds), "".join(clause.text for clause in own))
    parts = cut(runs, [len(clause.text) for clause in own])
    return [
        (order[clause.ref], _row(entry, clause, part, first=at == 0))
        for at, (clause, part) in enumerate(zip(own, parts, strict=True))
    ]


def _row(entry: Entry, new: Clause, text: tuple[Run, ...], *, first: bool) -> _Row:
    """The row of a new clause; only the first part of a split takes the place of the old label."""
    before = entry.olds if first else ()
    label = replaced(before[0].label if before else "", new.label)
    heading = marks("".join(clause.heading for clause in before), new.heading)
    return _Row(entry, entry.olds if first or left_of(text) else (), new, label, heading, text)


def _gone(entry: Entry, old: Clause) -> _Row:
    words = (replaced(part, "") for part in (old.label, old.heading, old.text))
    return _Row(entry, (old,), None, *words)
