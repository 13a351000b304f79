"""The mailbox office's check of a signed answer, and its sending to one writer or to many."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mailbox import letters
from mailbox.actions.extension import drop_pending
from mailbox.actions.lending import lent
from mailbox.actions.papers import issue_paper
from mailbox.actions.release import take_down_replaced
from mailbox.actions.reply import PURPOSE, check_records, check_text, draft_of
from mailbox.actions.units import end_part
from mailbox.actions.word import recipient_of, tell_unit, tell_writer
from mailbox.choices import CONTRIBUTING, AssignmentState, State
from mailbox.models import Assignment, Letter, RatingInvitation, Reply
from mailbox.queries import hash_token
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.holidays.told import told_day
from portal.messaging.actions import notify
from portal.publishing import actions as desk
from portal.publishing.models import Review
from portal.units.choices import Role

TOKEN_BYTES = 32


@transaction.atomic
def answer(*, case: Letter, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Agree and send: a numbered paper to the writer and to every writer of a letter merged into this one.

    Raises StepRefused if the text is not the one that was signed, or for somebody who signed it.
    """
    reply = draft_of(case)
    signed = Review.objects.filter(case=case, purpose=PURPOSE).order_by("-round").first()
    if signed is None or signed.content_sha256 != reply.content_sha256:
        raise StepRefused("答复内容与签发的不一致，须重新送审。")
    check_text(case, reply.body)
    check_records(case)
    take_step(
        case,
        "answer",
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=desk.signers(signed),
        content_sha256=reply.content_sha256,
    )
    _send(case, reply, actor, at)
    if case.round > 1:
        take_down_replaced(case)
    members: Iterable[Any] = case.members.filter(state=State.MERGED).order_by("id")
    for member in members:
        _answer_member(member, case, reply, actor, at)


def _answer_member(member: Letter, leader: Letter, reply: Reply, actor: Actor, at: datetime) -> None:
    """The same words under the member's own number, to its own writer."""
    take_step(
        member,
        "answer_with_leader",
        actor=lent(actor, member, Role.CLERK),
        at=at,
        content_sha256=reply.content_sha256,
        leader=str(leader.number),
        main_unit_id=leader.main_unit_id,
    )
    own = Reply.objects.filter(letter=member, round=member.round).first() or Reply(
        letter=member, round=member.round
    )
    own.body, own.drafted_by, own.drafted_at = reply.body, reply.drafted_by, reply.drafted_at
    own.save()
    _send(member, own, actor, at)


def _send(case: Letter, reply: Reply, actor: Actor, at: datetime) -> None:
    unit = case.main_unit or case.unit
    reply.document = issue_paper(
        case,
        "mailbox_reply",
        unit=unit,
        actor=actor,
        at=at,
        facts=letters.reply(case, reply.body, unit),
    )
    reply.save(update_fields=["document"])
    drop_pending(case, at)
    for part in Assignment.objects.filter(letter=case, state__in=CONTRIBUTING):
        done = AssignmentState.DONE if part.unit_id == unit.pk else AssignmentState.CANCELLED
        end_part(part, done, part.end_reason, timezone.localdate(at))
    tell_writer(
        case,
        "answered",
        f"您的来信已答复（{case.number}）",
        "答复可在查询页面查看，也可以下载文书。",
        at,
    )
    _invite(case, at)


def _invite(case: Letter, at: datetime) -> None:
    """A link to rate the answer without logging in; only its digest is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    RatingInvitation.objects.create(letter=case, round=case.round, token_hash=hash_token(token), sent_at=at)
    notify(
        recipient=recipient_of(case),
        key=f"{case.public_id}:rate:{case.round}",
        subject=f"请评价来信办理情况（{case.number}）",
        body="请打开以下链接评价，不需要登录。承办单位只能看到汇总结果，不知道是谁作出的评价。",
        link=reverse("mailbox:rate", args=[token]),
        at=at,
        secret=True,
    )


@transaction.atomic
def return_check(
    *, case: Letter, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send a signed answer back to the main unit with a reason; it is drafted and reviewed anew."""
    take_step(case, "return_check", actor=actor, at=at, seen_version=seen_version, comment=comment)
    tell_unit(
        case,
        case.unit,
        (Role.CLERK,),
        "check_returned",
        f"信箱答复核查退回（{case.number}）",
        f"请按办理记录中的意见修改后重新送审，答复期限至：{told_day(case.due_on)}。",
        at,
    )
