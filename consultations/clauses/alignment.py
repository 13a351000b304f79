"""Which of the old texts became which of the new ones; deterministic, by the words alone.

A text is a row of strings without blanks. Likeness is rapidfuzz's `ratio` (0 … 100); a piece counts as taken
from a text if most of its runs of three characters occur there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

# Two texts are one text changed from this likeness on, less if both stand between the same neighbours.
ALIKE = 55.0
SAME_PLACE = 10.0
# A piece was taken from a text if this share of its runs of three occurs there …
TAKEN = 0.6
# … and a text lives on whole, is not split, if this share of its own runs occurs in what it became.
WHOLE = 0.9
SHORTEST_PIECE = 8
# Beyond so many pairs only texts between the same neighbours are compared, so many to either side.
MOST_PAIRS = 250_000
WINDOW = 40


@dataclass(slots=True)
class Alignment:
    """One to one pairs, one to many (a split) and many to one (a merger), by position."""

    pairs: dict[int, int] = field(default_factory=dict)
    splits: dict[int, list[int]] = field(default_factory=dict)
    mergers: dict[int, list[int]] = field(default_factory=dict)


def align(olds: Sequence[str], news: Sequence[str], alike: float = ALIKE) -> Alignment:
    """The alignment of two rows of texts: equal ones first, then similar ones, then splits and mergers."""
    pairs = equal_pairs(olds, news)
    pairs |= similar_pairs(olds, news, pairs, alike)
    found = Alignment(pairs)
    _divide(olds, news, found.pairs, found.splits)
    backwards = {new: old for old, new in found.pairs.items()}
    kept_out = {new for group in found.splits.values() for new in group}
    _divide(news, olds, backwards, found.mergers, kept_out, set(found.splits))
    found.pairs = {old: new for new, old in backwards.items()}
    return found


def equal_pairs(olds: Sequence[str], news: Sequence[str]) -> dict[int, int]:
    """Texts that did not change; texts that occur more than once are paired in their order."""
    places = defaultdict(list)
    for at, words in enumerate(news):
        places[words].append(at)
    pairs = {}
    for at, words in enumerate(olds):
        if places[words]:
            pairs[at] = places[words].pop(0)
    return pairs


def similar_pairs(
    olds: Sequence[str], news: Sequence[str], known: dict[int, int], alike: float
) -> dict[int, int]:
    """Pairs of changed texts, the most alike first."""
    taken = set(known.values())
    left = [at for at, words in enumerate(olds) if at not in known and words]
    right = [at for at, words in enumerate(news) if at not in taken and words]
    fixed_old, fixed_new = sorted(known), sorted(taken)

    def place_of_old(at: int) -> int:
        before = bisect_right(fixed_old, at)
        return known[fixed_old[before - 1]] if before else -1

    def place_of_new(at: int) -> int:
        before = bisect_right(fixed_new, at)
        return fixed_new[before - 1] if before else -1

    old_places = {at: place_of_old(at) for at in left}
    new_places = {at: place_of_new(at) for at in right}
    near_only = len(left) * len(right) > MOST_PAIRS
    nearby: dict[int, list[int]] = defaultdict(list)
    for new in right:
        nearby[new_places[new]].append(new)
    rank: Counter[int] = Counter()
    scored = []
    for old in left:
        place = old_places[old]
        begin = max(0, rank[place] - WINDOW)
        rank[place] += 1
        for new in nearby[place][begin : begin + 2 * WINDOW] if near_only else right:
            bonus = SAME_PLACE if place == new_places[new] else 0.0
            likeness = fuzz.ratio(olds[old], news[new], score_cutoff=alike - bonus)
            if likeness > 0:
                scored.append((-(likeness + bonus), abs(old - new), old, new))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, old, new in sorted(scored):
        if old not in pairs and new not in used:
            pairs[old] = new
            used.add(new)
    return pairs


def heaviest_run(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """The positions of the increasing run of `places` that weighs most: what stayed where it was."""
    best: list[tuple[int, int, int]] = []  # (place, weight so far, position), both increasing
    before: dict[int, int] = {}
    for at, place in enumerate(places):
        under = bisect_right(best, (place, -1, -1))
        weight = weights[at] + (best[under - 1][1] if under else 0)
        before[at] = best[under - 1][2] if under else -1
        while under < len(best) and best[under][1] <= weight:
            best.pop(under)
        best.insert(under, (place, weight, at))
    stayed, at = set(), best[-1][2] if best else -1
    while at >= 0:
        stayed.add(at)
        at = before[at]
    return stayed


def _divide(
    wholes: Sequence[str],
    pieces: Sequence[str],
    pairs: dict[int, int],
    groups: dict[int, list[int]],
    kept_out: set[int] | None = None,
    whole_out: set[int] | None = None,
) -> None:
    """Moves from `pairs` to `groups` each whole of which several pieces came.

    `kept_out` are pieces, `whole_out` are texts on the pieces' side that have found their place already.
    """
    used = set(pairs.values()) | (whole_out or set())
    free = [at for at in range(len(pieces)) if at not in used and len(pieces[at]) >= SHORTEST_PIECE]
    if not free:
        return
    blocked = kept_out or set()
    open_wholes = [
        at
        for at, words in enumerate(wholes)
        if at not in blocked and words and (at not in pairs or pieces[pairs[at]] != words)
    ]
    where = defaultdict(list)
    for at in open_wholes:
        for run in _runs(wholes[at]):
            where[run].append(at)
    found: dict[int, list[int]] = defaultdict(list)
    for piece in free:
        runs = _runs(pieces[piece])
        hits = Counter(at for run in runs for at in where.get(run, ()))
        if hits:
            at, count = min(hits.items(), key=lambda hit: (-hit[1], hit[0]))
            if count >= TAKEN * len(runs):
                found[at].append(piece)
    for at, taken in sorted(found.items()):
        first = pairs.get(at)
        if first is not None and _share(wholes[at], pieces[first]) >= WHOLE:
            continue
        parts = sorted(taken if first is None else [first, *taken])
        if len(parts) == 1:
            pairs[at] = parts[0]
            continue
        pairs.pop(at, None)
        groups[at] = parts


def _runs(words: str) -> set[str]:
    return {words[at : at + 3] for at in range(max(1, len(words) - 2))}


def _share(piece: str, whole: str) -> float:
    runs = _runs(piece)
    return len(runs & _runs(whole)) / len(runs)
