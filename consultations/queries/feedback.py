"""The table of adoption (意见采纳情况): generated from the comments, never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from consultations.choices import Display, Outcome
from consultations.models import Comment, PublicConsultation
from consultations.queries.comments import comments_of

WITHHELD = "（内容含有不宜公开的信息，未列出）"


@dataclass(frozen=True)
class FeedbackRow:
    """One line: comments of the same words, on the same clause, disposed of alike.

    `text` is what everyone may read; `senders` how many sent it; `target` where the change is.
    """

    number: int
    clause: str
    text: str
    senders: int
    outcome: str
    outcome_label: str
    reason: str
    target: str


@dataclass(frozen=True)
class Totals:
    """How many comments came to which end."""

    received: int
    by_outcome: tuple[tuple[str, int], ...]


def _key(comment: Comment) -> tuple[object, ...]:
    said = comment.disposition
    return (
        comment.group_id or f"c{comment.pk}",
        comment.clause_id,
        comment.attitude,
        said.outcome,
        said.reason,
        said.target_id,
    )


def feedback_rows(case: PublicConsultation) -> list[FeedbackRow]:
    """The lines of the table, in the order of the text, then of arrival; comments without a disposition are left out."""
    disposed = (
        comments_of(case)
        .filter(disposition__isnull=False)
        .select_related("clause", "consultation", "disposition__target__version")
        .order_by("number")
    )
    grouped: dict[tuple[object, ...], list[Comment]] = {}
    for comment in disposed:
        grouped.setdefault(_key(comment), []).append(comment)
    ordered = sorted(grouped.values(), key=_place)
    return [_row(index, members) for index, members in enumerate(ordered, 1)]


def _place(members: list[Comment]) -> tuple[int, int]:
    clause = members[0].clause
    return (clause.position if clause is not None else -1, members[0].number)


def _row(index: int, members: list[Comment]) -> FeedbackRow:
    first = next((row for row in members if readable(row)), members[0])
    said = first.disposition
    target = ""
    if said.target is not None:
        target = (
            f"{said.target.version.get_stage_display()}（第{said.target.version.number}版）{said.target.name}"
        )
    return FeedbackRow(
        number=index,
        clause=first.clause.name if first.clause is not None else "整体",
        text=first.text if readable(first) else WITHHELD,
        senders=len(members),
        outcome=said.outcome,
        outcome_label=said.get_outcome_display(),
        reason=said.reason,
        target=target,
    )


def readable(comment: Comment) -> bool:
    """True if the words may be shown to everyone."""
    if comment.text_hidden or comment.removed_at is not None or comment.withdrawn_at is not None:
        return False
    if comment.consultation.display == Display.REVIEWED:
        return comment.reviewed_at is not None
    return comment.passed or comment.reviewed_at is not None


def feedback_totals(case: PublicConsultation) -> Totals:
    """How many comments came, and to which end, in the order of the list of ends."""
    found = list(comments_of(case).values_list("disposition__outcome", flat=True))
    counted = tuple((label, found.count(value)) for value, label in Outcome.choices)
    return Totals(received=len(found), by_outcome=counted)


def list_digests(case: PublicConsultation) -> Iterable[str]:
    """A digest for each comment in order of number; what was said, on what, when, and whether it stands."""
    rows = Comment.objects.filter(consultation=case).order_by("number")
    for row in rows.values_list("number", "clause__ref", "text", "at", "withdrawn_at").iterator():
        yield sha256(repr(row).encode()).hexdigest()
