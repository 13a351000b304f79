"""Comments: what everyone is shown, and what staff have to look at."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from consultations.choices import Display, State
from consultations.models import Comment, CommentGroup, PublicConsultation
from portal.core.errors import NotFound
from portal.privacy.crypto import keyed_digest

PURPOSE = "comment-token"
GONE = Q(withdrawn_at__isnull=False) | Q(removed_at__isnull=False)
SEEN_BY_RULE = Q(passed=True) | Q(reviewed_at__isnull=False)
SEEN_BY_REVIEW = Q(reviewed_at__isnull=False)


@dataclass(frozen=True)
class Tally:
    """How many comments there are: all that came in, shown, waiting to be looked at, removed, withdrawn."""

    received: int
    shown: int
    waiting: int
    removed: int
    withdrawn: int


def comments_of(case: PublicConsultation) -> QuerySet[Comment]:
    """Every comment that counts: not withdrawn by its writer; removed ones count, they are disposed of as well."""
    return Comment.objects.filter(consultation=case, withdrawn_at__isnull=True).select_related(
        "clause", "group", "disposition"
    )


def _shown(case: PublicConsultation) -> Q:
    if case.display == Display.HIDDEN or case.state == State.CANCELLED:
        return Q(pk__in=[])
    seen = SEEN_BY_RULE if case.display == Display.BY_RULE else SEEN_BY_REVIEW
    return seen & ~GONE


def shown_comments(case: PublicConsultation) -> QuerySet[Comment]:
    """Comments that everyone may read, newest first."""
    return (
        Comment.objects.filter(_shown(case), consultation=case)
        .select_related("clause", "disposition", "group")
        .order_by("-number")
    )


def to_review(case: PublicConsultation) -> QuerySet[Comment]:
    """Comments that nobody has looked at and that do not pass by rule, oldest first."""
    waiting = Comment.objects.filter(consultation=case, reviewed_at__isnull=True).exclude(GONE)
    if case.display == Display.BY_RULE:
        waiting = waiting.filter(passed=False)
    return waiting.select_related("clause").order_by("number")


def tally(case: PublicConsultation) -> Tally:
    """The numbers of comments by what became of them, in one query."""
    counted = Comment.objects.filter(consultation=case).aggregate(
        received=Count("pk"),
        shown=Count("pk", filter=_shown(case)),
        removed=Count("pk", filter=Q(removed_at__isnull=False)),
        withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
    )
    return Tally(waiting=to_review(case).count(), **counted)


def clause_counts(case: PublicConsultation) -> dict[int, int]:
    """How many comments stand beside each clause (by its id), of those that count."""
    if case.state == State.CANCELLED:
        return {}
    rows = (
        Comment.objects.filter(consultation=case, clause__isnull=False)
        .exclude(GONE)
        .values_list("clause")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return {clause: n for clause, n in rows if clause is not None}


def undisposed(case: PublicConsultation) -> int:
    """How many comments still lack a disposition."""
    return comments_of(case).filter(disposition__isnull=True).count()


def find_comment(case: PublicConsultation, public_id: uuid.UUID) -> Comment:
    """A comment of this consultation; NotFound for any other."""
    found = comments_of(case).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到这条意见。")
    return found


def token_digest(token: str) -> str:
    """The digest under which a comment's link is stored."""
    return keyed_digest(token, PURPOSE)


def find_by_token(token: str) -> Comment:
    """The comment behind its writer's link; NotFound for any other token."""
    found = (
        Comment.objects.filter(token_hash=token_digest(token))
        .select_related("consultation__unit", "clause", "disposition__target__version", "group")
        .first()
    )
    if found is None:
        raise NotFound("没有找到这条意见，请核对链接。")
    return found


def group_texts(comment: Comment) -> list[tuple[int, str]]:
    """(id, bare words) of every group of comments on the same clause with the same attitude, biggest first."""
    rows = CommentGroup.objects.filter(
        consultation=comment.consultation,
        comments__clause=comment.clause_id,
        comments__attitude=comment.attitude,
    )
    return list(rows.order_by("-senders", "id").distinct().values_list("pk", "bare_text"))


def alike_comments(comment: Comment) -> QuerySet[Comment]:
    """The comments that say the same as this one: same words, same clause, same attitude, none of them withdrawn."""
    rows = comments_of(comment.consultation)
    if comment.group_id is None:
        return rows.filter(pk=comment.pk)
    return rows.filter(group_id=comment.group_id, clause=comment.clause, attitude=comment.attitude).order_by(
        "number"
    )
