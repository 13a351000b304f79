"""What changed inside a clause, letter by letter, tidied so that it can be read.

Runs of the old text are `equal` and `delete`, of the new `equal` and `insert`; joined they are those texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

STOPS = "，。；：、！？,;:!?"
SENTENCE = re.compile(r"[^。；！？;!?]*[。；！？;!?]?")
TAIL_OF_NUMBER, HEAD_OF_NUMBER = re.compile(r"\d[\d.]*$"), re.compile(r"[\d.]*\d")
# Longer texts are compared sentence by sentence first.
LETTERS_AT_ONCE = 2500
# An island of fewer unchanged letters between two changes is part of the change, unless it holds a stop.
SMALLEST_ISLAND = 3
SMALL_ISLAND = 6


class Op(StrEnum):
    """What a run is."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that was kept, put in or taken out."""

    op: Op
    text: str


@dataclass(slots=True)
class _Edit:
    """Words kept, and the change that follows them."""

    kept: str
    gone: str = ""
    come: str = ""


def marks(old: str, new: str) -> tuple[Run, ...]:
    """The runs between two texts; what was taken out stands before what was put in."""
    return _as_runs(_whole_numbers(_slid(_without_islands(_edits(old, new)))))


def replaced(old: str, new: str) -> tuple[Run, ...]:
    """The runs of a label: replaced as a whole, or kept."""
    if old == new:
        return _as_runs([_Edit(new)])
    return _as_runs([_Edit("", old, new)])


def left_of(runs: Iterable[Run]) -> tuple[Run, ...]:
    """What the old side shows."""
    return tuple(run for run in runs if run.op != Op.INSERT)


def right_of(runs: Iterable[Run]) -> tuple[Run, ...]:
    """What the new side shows."""
    return tuple(run for run in runs if run.op != Op.DELETE)


def cut(runs: Sequence[Run], lengths: Sequence[int], *, side: Op = Op.INSERT) -> list[tuple[Run, ...]]:
    """The runs shared out among parts of the new text (`side` DELETE: of the old) of these lengths.

    What belongs only to the other side goes to the part in which it stands.
    """
    other = Op.DELETE if side == Op.INSERT else Op.INSERT
    parts: list[list[Run]] = [[] for _ in lengths]
    if not lengths:
        return []
    at, room = 0, lengths[0]
    for run in runs:
        text = run.text
        if run.op == other:
            parts[at].append(run)
            continue
        while text:
            while room == 0 and at + 1 < len(lengths):
                at, room = at + 1, lengths[at + 1]
            piece, text = (text[:room], text[room:]) if room and at + 1 < len(lengths) else (text, "")
            parts[at].append(Run(run.op, piece))
            room -= len(piece)
    return [tuple(part) for part in parts]


def _edits(old: str, new: str) -> list[_Edit]:
    if len(old) <= LETTERS_AT_ONCE and len(new) <= LETTERS_AT_ONCE:
        return _matched(old, new)
    left, right = SENTENCE.findall(old), SENTENCE.findall(new)
    edits: list[_Edit] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        before, after = "".join(left[a:b]), "".join(right[c:d])
        if tag == "equal":
            edits.append(_Edit(before))
        elif max(len(before), len(after)) <= LETTERS_AT_ONCE:
            edits.extend(_matched(before, after))
        else:
            edits.append(_Edit("", before, after))
    return edits


def _matched(old: str, new: str) -> list[_Edit]:
    edits: list[_Edit] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        edits.append(_Edit(old[a:b]) if tag == "equal" else _Edit("", old[a:b], new[c:d]))
    return edits


def _without_islands(edits: list[_Edit]) -> list[_Edit]:
    """The edits in turn kept, changed, kept, changed …, with small islands made part of the change."""
    tidy = [_Edit("")]
    for edit in edits:
        last = tidy[-1]
        if edit.kept and (last.gone or last.come):
            tidy.append(_Edit(edit.kept, edit.gone, edit.come))
        else:
            last.kept += edit.kept
            last.gone += edit.gone
            last.come += edit.come
    at = 1
    while at < len(tidy):
        before, edit = tidy[at - 1], tidy[at]
        if (edit.gone or edit.come) and _is_island(before, edit):
            before.gone += edit.kept + edit.gone
            before.come += edit.kept + edit.come
            tidy.pop(at)
            at = max(1, at - 1)
        else:
            at += 1
    return tidy


def _is_island(before: _Edit, edit: _Edit) -> bool:
    if any(sign in STOPS for sign in edit.kept):
        return False
    size = len(edit.kept)
    around = min(max(len(side.gone), len(side.come)) for side in (before, edit))
    return size < SMALLEST_ISLAND if around > 1 else size < 2 or (size < SMALL_ISLAND and around >= 2 * size)


def _slid(edits: list[_Edit]) -> list[_Edit]:
    """Words put in or taken out, moved along equal letters so that they begin and end at a stop."""
    for at, edit in enumerate(edits):
        if bool(edit.gone) == bool(edit.come):
            continue
        following = edits[at + 1] if at + 1 < len(edits) else _Edit("")
        head, words, tail = edit.kept, edit.gone or edit.come, following.kept
        while head and head[-1] == words[-1] and (len(head) > 1 or at == 0):
            head, words, tail = head[:-1], head[-1] + words[:-1], head[-1] + tail
        best = _fit(head, words, tail), head, words, tail
        while tail and tail[0] == words[0] and (len(tail) > 1 or at + 2 >= len(edits)):
            head, words, tail = head + words[0], words[1:] + tail[0], tail[1:]
            best = max(best, (_fit(head, words, tail), head, words, tail), key=lambda place: place[0])
        _, edit.kept, words, following.kept = best
        edit.gone, edit.come = (words, "") if edit.gone else ("", words)
        if at + 1 == len(edits) and following.kept:
            edits.append(following)
    return edits


def _fit(head: str, words: str, tail: str) -> int:
    begins = not head or head[-1] in STOPS
    ends = not tail or words[-1] in STOPS
    return 2 * (begins + ends) + (begins and ends)


def _whole_numbers(edits: list[_Edit]) -> list[_Edit]:
    """Edits that cut no number in two: of 0.78 that became 0.70 everything is taken out and put in anew."""
    for at, edit in enumerate(edits):
        following = edits[at + 1] if at + 1 < len(edits) else _Edit("")
        head, tail = TAIL_OF_NUMBER.search(edit.kept), HEAD_OF_NUMBER.match(following.kept)
        if head and _digit(edit.gone[:1] + edit.come[:1]):
            edit.kept = edit.kept[: head.start()]
            edit.gone, edit.come = head[0] + edit.gone, head[0] + edit.come
        if tail and _digit(edit.gone[-1:] + edit.come[-1:]):
            following.kept = following.kept[tail.end() :]
            edit.gone, edit.come = edit.gone + tail[0], edit.come + tail[0]
    return _without_islands(edits)


def _digit(signs: str) -> bool:
    """True if a sign beside the cut belongs to a number."""
    return any(sign.isdecimal() or sign == "." for sign in signs)


def _as_runs(edits: list[_Edit]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for edit in edits:
        for op, text in ((Op.EQUAL, edit.kept), (Op.DELETE, edit.gone), (Op.INSERT, edit.come)):
            if text and runs and runs[-1].op == op:
                runs[-1] = Run(op, runs[-1].text + text)
            elif text:
                runs.append(Run(op, text))
    return tuple(runs)
