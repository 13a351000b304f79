"""Comments coming in: on the page, or entered by a clerk; taken back by their writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations import rules
from consultations.actions.moderating import count_senders
from consultations.actions.word import tell_writer
from consultations.choices import Access, Attitude, Channel, Writer
from consultations.models import Clause, Comment, PublicConsultation
from consultations.queries import commented_version, find_clause, held_words, token_digest
from portal.cases.intake import TooManyTries
from portal.cases.numbers import take_number
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.jobs.outbox import enqueue
from portal.privacy.crypto import keyed_digest
from portal.publishing.screening import screen
from portal.publishing.takedown import refuse_down
from portal.units.models import Account
from portal.units.queries import has_verified_address

SERIES = "comment"
NOT_NOW = "本次征集目前不接收意见：征集期尚未开始、已经结束或者已经终止。"
SAID = ("clause_id", "attitude", "writer", "text", "name", "email", "channel", "evidence")
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Commented:
    """The answer to a comment: the row, and the token of its writer's own page, the same for the same key."""

    comment: Comment
    token: str
    repeated: bool


def _token(case: PublicConsultation, key: str) -> str:
    return keyed_digest(f"{case.public_id}\n{key}", "comment-link")[:40]


def origin_of(address: str, at: datetime) -> str:
    """A digest of a network address that changes every day: enough to see a flood, not to find a person."""
    return keyed_digest(f"{timezone.localdate(at)}\n{address}", "comment-origin") if address else ""


def comment(
    *,
    case: PublicConsultation,
    clause: str,
    attitude: str,
    writer: str,
    text: str,
    name: str,
    email: str,
    key: str,
    actor: Actor,
    at: datetime,
    address: str = "",
) -> Commented:
    """Take a comment on the clause of that id ("" for the whole); the same key gives the same comment.

    Raises StepRefused outside the period or for somebody who may not comment, InvalidInput for an answer that
    does not fit, TooManyTries for a flood from one address.
    """
    today = timezone.localdate(at)
    if not case.takes_comments(today):
        raise StepRefused(NOT_NOW)
    refuse_down(case)
    _check_access(case, actor)
    target = _clause_of(case, clause)
    _check(attitude, writer, text)
    token = _token(case, key)
    row = _row(case, target, attitude, writer, text, name, email, at)
    earlier = Comment.objects.filter(token_hash=token_digest(token)).first()
    if earlier is None:
        origin = origin_of(address, at) if actor.account_id is None else ""
        _check_flood(case, origin, at)
        row.account_id, row.origin, row.came_on = actor.account_id, origin, today
        try:
            with transaction.atomic():
                _hold_open(case, today)
                return Commented(_keep(row, token, at), token, repeated=False)
        except IntegrityError:
            earlier = Comment.objects.filter(token_hash=token_digest(token)).first()
            if earlier is None:
                raise
    return _again(earlier, row, token)


def _hold_open(case: PublicConsultation, today: date) -> None:
    """Keep the consultation from being closed until this comment is written; refuse it if it was closed meanwhile."""
    held: Any = PublicConsultation.objects.select_for_update().get(pk=case.pk)
    if not held.takes_comments(today):
        raise StepRefused(NOT_NOW)


def _again(earlier: Comment, row: Comment, token: str) -> Commented:
    """The comment that the same key made before; StepRefused if it says anything else than what is sent now."""
    if any(_said(earlier, name) != _said(row, name) for name in SAID):
        raise StepRefused(
            f"这一页已经提交过第{earlier.number}条意见，同一提交标识对应了不同内容。现在的内容尚未提交，请重新提交。"
        )
    return Commented(earlier, token, repeated=True)


def _said(row: Comment, name: str) -> object:
    value = getattr(row, name)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _check_access(case: PublicConsultation, actor: Actor) -> None:
    if case.access == Access.ANYONE:
        return
    if actor.account_id is None:
        raise StepRefused("本次征集只接收注册用户的意见，请先登录；也可以来信、来电或者发送电子邮件。")
    if case.access == Access.VERIFIED and not has_verified_address(Account.objects.get(pk=actor.account_id)):
        raise StepRefused("本次征集只接收已核实邮箱的注册用户的意见，请先在账号设置中核实邮箱。")


def _clause_of(case: PublicConsultation, ref: str) -> Clause | None:
    if not ref:
        return None
    found = find_clause(commented_version(case), ref)
    if found is None:
        raise InvalidInput("没有找到这一条款，请重新选择", "clause")
    return found


def _check(attitude: str, writer: str, text: str) -> None:
    if attitude and attitude not in Attitude.values:
        raise InvalidInput("请选择态度", "attitude")
    if writer not in Writer.values:
        raise InvalidInput("请选择以何身份提出", "writer")
    problem = rules.text_problem(text)
    if problem:
        raise InvalidInput(problem, "text")


def _check_flood(case: PublicConsultation, origin: str, at: datetime) -> None:
    if not origin:
        return
    recent = Comment.objects.filter(consultation=case, origin=origin, at__gt=at - HOUR).count()
    if recent >= settings.PORTAL_COMMENTS_PER_HOUR:
        raise TooManyTries("您所在的网络在一小时内提交的意见过多，请稍后再试，或者登录后提交。")


def _row(
    case: PublicConsultation,
    clause: Clause | None,
    attitude: str,
    writer: str,
    text: str,
    name: str,
    email: str,
    at: datetime,
) -> Comment:
    findings = screen(text, own_values=[name, email], allowed=(case.contact_phone, case.contact_email))
    return Comment(
        consultation=case,
        clause=clause,
        attitude=attitude,
        writer=writer,
        text=text.strip(),
        name=name.strip(),
        email=email.strip(),
        at=at,
        passed=not findings and not rules.has_link(text) and not rules.holds_word(text, held_words()),
    )


def _keep(row: Comment, token: str, at: datetime) -> Comment:
    case = row.consultation
    row.token_hash = token_digest(token)
    row.number = take_number(case.unit, f"{SERIES}:{case.pk}", case.opens_on.year)
    row.save(force_insert=True)
    enqueue("consultations.group", key=f"comment:{row.pk}:group", comment=row.pk)
    tell_writer(
        row,
        "received",
        f"您的意见已收到（{case.title[:40]}）",
        "征集结束后，您可以在这个页面看到意见是否采纳和理由；结果公布时也会通知您。征集期内可以撤回。",
        reverse("consultations:own", args=[token]),
        at,
    )
    return row


@transaction.atomic
def enter_comment(
    *,
    case: PublicConsultation,
    clause: str,
    attitude: str,
    writer: str,
    text: str,
    name: str,
    email: str,
    channel: str,
    evidence: str,
    came_on: date,
    key: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Commented:
    """Enter a comment that came by post, mail, telephone or in a meeting.

    It counts if it came within the period, however late it is entered before the feedback. Raises InvalidInput
    for a day outside the period.
    """
    if channel not in Channel.values or channel == Channel.WEB:
        raise InvalidInput("请选择渠道", "channel")
    if not evidence.strip():
        raise InvalidInput("请写明收到情况", "evidence")
    if not case.opens_on <= came_on <= min(case.closes_on, timezone.localdate(at)):
        raise InvalidInput("收到日须在征集期内，且不晚于今天", "came_on")
    target = _clause_of(case, clause)
    _check(attitude, writer, text)
    token = _token(case, key)
    row = _row(case, target, attitude, writer, text, name, email, at)
    row.channel, row.evidence, row.came_on = channel, evidence.strip(), came_on
    earlier = Comment.objects.filter(token_hash=token_digest(token)).first()
    if earlier is not None:
        return _again(earlier, row, token)
    row = _keep(row, token, at)
    take_step(
        case,
        "enter_comment",
        actor=actor,
        at=at,
        seen_version=seen_version,
        number=row.number,
        channel=channel,
    )
    return Commented(row, token, repeated=False)


@transaction.atomic
def withdraw_comment(*, comment_id: int, at: datetime) -> None:
    """Take one's own comment back while the period runs; it is kept, but counts and shows no more."""
    row = Comment.objects.select_for_update().select_related("consultation").get(pk=comment_id)
    if row.withdrawn_at is not None:
        return
    if not row.consultation.takes_comments(timezone.localdate(at)):
        raise StepRefused("征集期已经结束，意见已进入研究采纳环节，不能撤回。")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    if row.group is not None:
        count_senders(row.group)
