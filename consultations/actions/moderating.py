"""Looking through comments: shown, hidden or removed, and those of one text put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from consultations import rules
from consultations.actions.papers import issue_feedback_paper
from consultations.choices import State
from consultations.models import Comment, CommentGroup, PublicConsultation
from consultations.queries import group_texts
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.privacy.personal import naming_values
from portal.publishing.screening import refuse_personal, screen

SHOW, HIDE_TEXT, REMOVE = "show", "hide_text", "remove"
DECISIONS = {SHOW: "显示", HIDE_TEXT: "保留意见，隐去内容", REMOVE: "移除"}
MOST_AT_ONCE = 200


@transaction.atomic
def moderate(
    *,
    case: PublicConsultation,
    comments: Sequence[Comment],
    decision: str,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> int:
    """Decide about these comments of the case; gives how many. What is hidden or removed still is answered.

    Raises InvalidInput without a reason for anything but showing.
    """
    if decision not in DECISIONS:
        raise InvalidInput("请选择处理方式", "decision")
    if decision != SHOW and not reason.strip():
        raise InvalidInput("隐去、移除的，须写明理由，理由会显示在页面上", "reason")
    refuse_personal({"reason": reason})
    rows = list(
        Comment.objects.select_for_update()
        .filter(consultation=case, pk__in=[row.pk for row in comments])
        .order_by("number")[:MOST_AT_ONCE]
    )
    if not rows:
        raise InvalidInput("请选择要处理的意见", "comments")
    take_step(
        case,
        "moderate",
        actor=actor,
        at=at,
        seen_version=seen_version,
        numbers=[row.number for row in rows],
        decision=decision,
        reason=reason.strip(),
    )
    if decision == SHOW:
        _refuse_numbers(case, rows)
    for row in rows:
        row.reviewed_at, row.reviewed_by_id = at, actor.account_id
        row.text_hidden = decision == HIDE_TEXT
        row.hidden_reason = reason.strip() if decision == HIDE_TEXT else ""
        row.removed_at = at if decision == REMOVE else None
        row.removed_reason = reason.strip() if decision == REMOVE else ""
    Comment.objects.bulk_update(
        rows,
        ["reviewed_at", "reviewed_by", "text_hidden", "hidden_reason", "removed_at", "removed_reason"],
    )
    if case.state == State.FED_BACK:
        issue_feedback_paper(case, actor, at)
    return len(rows)


def _refuse_numbers(case: PublicConsultation, rows: Sequence[Comment]) -> None:
    """Whoever looks at comments shows none with somebody's number in it: those words are hidden."""
    allowed = (case.contact_phone, case.contact_email)
    for row in rows:
        if any(entry.blocks for entry in screen(row.text, own_values=naming_values(row), allowed=allowed)):
            raise InvalidInput(
                f"第{row.number}条意见中有个人信息，不能显示，请选择“{DECISIONS[HIDE_TEXT]}”", "decision"
            )


@transaction.atomic
def group_comment(*, comment_id: int) -> None:
    """Put a comment with those of nearly the same words, or into a group of its own; running it twice is harmless."""
    row = Comment.objects.select_for_update().get(pk=comment_id)
    if row.group_id is not None:
        return
    case = row.consultation
    PublicConsultation.objects.select_for_update().get(pk=case.pk)
    words, digest = rules.bare(row.text), rules.group_digest(row.text, row.clause_id, row.attitude)
    group = CommentGroup.objects.filter(consultation=case, text_digest=digest).first()
    if group is None:
        near = rules.nearest(words, group_texts(row))
        group = CommentGroup.objects.filter(pk=near).first() if near is not None else None
    if group is None:
        group = CommentGroup.objects.create(consultation=case, text_digest=digest, bare_text=words)
    row.group = group
    row.save(update_fields=["group"])
    count_senders(group)


def count_senders(group: CommentGroup) -> None:
    """Renew how many stand behind the words: a comment that its writer took back counts no more."""
    group.senders = group.comments.filter(withdrawn_at__isnull=True).count()
    group.save(update_fields=["senders"])
