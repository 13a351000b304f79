"""Entries of a contest: sent in, reviewed, made into the ballot."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.polls import questionnaire as q
from consultations.polls.actions.word import tell_unit
from consultations.polls.choices import EntryState, PollKind
from consultations.polls.models import Entry, Poll
from consultations.polls.queries import BALLOT, ballot_digest, ballot_waits, origin_of
from portal.cases.intake import TooManyTries
from portal.cases.numbers import take_number
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.actions import Recipient, notify
from portal.privacy.crypto import keyed_digest
from portal.privacy.personal import naming_values
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.publishing.screening import refuse_personal, screen
from portal.publishing.takedown import refuse_down
from portal.units.choices import Role
from portal.units.queries import address_is_of

MOST_TEXT = 2000
QUESTION = "q1"


@dataclass(frozen=True)
class Sent:
    """The answer to an entry: its number, the same for the same key."""

    entry: Entry
    repeated: bool


def submit_entry(
    *,
    case: Poll,
    title: str,
    text: str,
    name: str,
    email: str,
    key: str,
    actor: Actor,
    at: datetime,
    address: str = "",
) -> Sent:
    """Take an entry of a contest; the same key gives the same one.

    Raises StepRefused outside the days for entries, InvalidInput for an empty title, words that are too long or
    that name somebody, TooManyTries for a flood from one address.
    """
    today = timezone.localdate(at)
    if not case.takes_entries(today):
        raise StepRefused("现在不征集作品：尚未开始、已经截止或者已经取消。")
    refuse_down(case)
    _check(title, text, name, email)
    digest = keyed_digest(f"{case.public_id}\n{key}", "poll-entry")
    earlier = Entry.objects.filter(key_digest=digest).first()
    sent = Entry(title=title.strip(), text=text.strip(), name=name.strip(), email=email.strip())
    if earlier is not None:
        return _again(earlier, sent)
    origin = "" if actor.account_id is not None else origin_of(address, today)
    if origin and Entry.objects.filter(poll=case, origin=origin).count() >= settings.PORTAL_COMMENTS_PER_HOUR:
        raise TooManyTries("您所在的网络今天提交的作品过多，请登录后提交。")
    try:
        with transaction.atomic():
            row = Entry.objects.create(
                poll=case,
                number=take_number(case.unit, f"entry:{case.pk}", case.opens_on.year),
                title=sent.title,
                text=sent.text,
                name=sent.name,
                email=sent.email,
                account_id=actor.account_id,
                key_digest=digest,
                origin=origin,
                sent_at=at,
            )
            _tell(row, "received", "您的作品已收到", "审核后告知是否入围。", at)
            return Sent(row, repeated=False)
    except IntegrityError:
        return _again(Entry.objects.get(key_digest=digest), sent)


def _again(earlier: Entry, sent: Entry) -> Sent:
    """The entry that the same key made before; StepRefused if it says anything else than what is sent now."""
    if any(getattr(earlier, name) != getattr(sent, name) for name in ("title", "text", "name", "email")):
        raise StepRefused(
            f"这一页已经提交过{earlier.number}号作品，同一提交标识对应了不同内容。现在的内容尚未提交，请重新提交。"
        )
    return Sent(earlier, repeated=True)


def _check(title: str, text: str, name: str, email: str) -> None:
    if not title.strip():
        raise InvalidInput("请填写作品名称或者口号", "title")
    if len(text) > MOST_TEXT:
        raise InvalidInput(f"说明不能超过{MOST_TEXT}字", "text")
    for field, words in (("title", title), ("text", text)):
        if any(finding.blocks for finding in screen(words, own_values=[name, email])):
            raise InvalidInput("请不要在作品中写姓名、证件号码、手机号码，联系方式填在下面", field)


def _tell(row: Entry, what: str, subject: str, body: str, at: datetime) -> None:
    notify(
        recipient=Recipient(account_id=row.account_id, email=row.email),
        key=f"entry:{row.public_id}:{what}",
        subject=f"{subject}（{row.poll.title[:40]}）",
        body=f"{row.number}号作品“{row.title}”：{body}",
        link=reverse("polls:detail", args=[row.poll.public_id]),
        at=at,
        first=what == "received" and not address_is_of(row.account_id, row.email),
    )


@transaction.atomic
def review_entry(
    *, case: Poll, entry: Entry, accepted: bool, reason: str, actor: Actor, at: datetime
) -> None:
    """Put an entry on the ballot, or not, with a reason that is told to who sent it."""
    if not accepted and not reason.strip():
        raise InvalidInput("未入围的，请写明理由", "reason")
    lock(case)
    if case.definition_sha256 or ballot_waits(case):
        raise StepRefused("选票已经生成，不能再改变。")
    if reason.strip():
        refuse_personal({"reason": reason})
    row = Entry.objects.select_for_update().get(pk=entry.pk, poll=case)
    row.state = EntryState.ACCEPTED if accepted else EntryState.REFUSED
    row.reason = "" if accepted else reason.strip()
    take_step(
        case,
        "review_entry",
        actor=actor,
        at=at,
        number=row.number,
        outcome=row.state,
        reason=row.reason,
    )
    row.reviewed_by_id = actor.account_id
    row.save(update_fields=["state", "reason", "reviewed_by"])
    said = "已入围，进入投票。" if accepted else f"未入围，理由：{row.reason}"
    _tell(row, f"reviewed:{case.last_seq}", "作品审核结果", said, at)


@transaction.atomic
def compose_ballot(*, case: Poll, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Make the ballot of the accepted entries, in an order that is drawn; the event records it."""
    if case.poll_kind != PollKind.CONTEST:
        raise StepRefused("只有评选才生成选票。")
    lock(case)
    if ballot_waits(case):
        raise StepRefused("选票已经生成，正在审核。")
    rows = list(Entry.objects.filter(poll=case, state=EntryState.ACCEPTED))
    for row in rows:
        refuse_personal({"title": row.title, "text": row.text}, own_values=naming_values(row))
    random.SystemRandom().shuffle(rows)
    several = case.most_chosen > 1
    question = {
        "id": QUESTION,
        "kind": q.MULTIPLE if several else q.SINGLE,
        "title": f"请选出您支持的作品（最多{case.most_chosen}件）" if several else "请选出您支持的作品",
        "required": True,
        "options": [{"id": f"e{row.number}", "text": f"{row.number}号　{row.title}"} for row in rows],
        "rows": [],
        "least": 1 if several else 0,
        "most": min(case.most_chosen, len(rows)) if several else 0,
        "show_if": None,
    }
    definition = {"pages": [{"title": "", "questions": [question]}]}
    today = timezone.localdate(at)
    take_step(
        case,
        "compose_ballot",
        actor=actor,
        at=at,
        seen_version=seen_version,
        pending=Entry.objects.filter(poll=case, state=EntryState.PENDING).count(),
        entries=[row.number for row in rows],
        definition_sha256=q.digest(definition),
        early=case.entries_until is None or today <= case.entries_until,
        late=today > case.closes_on,
    )
    case.definition = definition
    case.save(update_fields=["definition"])
    desk.open_review(case=case, purpose=BALLOT, content_sha256=ballot_digest(case), actor=actor, at=at)
    tell_unit(case, Role.REVIEWER, "选票待审核", at)


def _sign(
    case: Poll,
    verb: str,
    step: ReviewStep,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
    **facts: Any,
) -> None:
    review = desk.open_round(case, BALLOT)
    digest = ballot_digest(case)
    desk.sign(
        case=case,
        review=review,
        verb=verb,
        step=step,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
        waits=ballot_waits(case),
        **facts,
    )


@transaction.atomic
def review_ballot(
    *, case: Poll, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Another person agrees to the ballot with the words of its entries."""
    _sign(case, "review_ballot", ReviewStep.REVIEW, actor, at, comment, seen_version)
    tell_unit(case, Role.SECRECY_REVIEWER, "选票待保密审查", at)


@transaction.atomic
def clear_ballot(
    *, case: Poll, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review of the ballot agrees."""
    _sign(case, "clear_ballot", ReviewStep.SECRECY, actor, at, comment, seen_version)
    tell_unit(case, Role.APPROVER, "选票待签发", at)


@transaction.atomic
def sign_ballot(
    *, case: Poll, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs the ballot: it is frozen, and public with its entries."""
    digest = q.digest(case.definition)
    _sign(case, "sign_ballot", ReviewStep.APPROVE, actor, at, comment, seen_version, definition_sha256=digest)


@transaction.atomic
def return_ballot(
    *, case: Poll, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the ballot back; entries can be reviewed anew."""
    review = desk.open_round(case, BALLOT)
    take_step(case, "return_ballot", actor=actor, at=at, seen_version=seen_version, comment=comment)
    desk.close_review(review=review, at=at)
    case.definition = {"pages": [{"title": "", "questions": []}]}
    case.save(update_fields=["definition"])
    tell_unit(case, Role.CLERK, "选票被退回", at)
