"""The answer while it is in the unit: drafted, reviewed by another person, signed by a leader, or sent back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mailbox import rules
from mailbox.actions.word import tell_unit
from mailbox.choices import State
from mailbox.models import Letter, Reply
from mailbox.queries import assisting_parts, mailbox_office, reply_of_round, term
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.records.queries import entries_of, problems_of
from portal.units.choices import Role

PURPOSE = "letter"
MOST_TEXT = 10_000


def check_text(case: Letter, body: str) -> None:
    """Raise InvalidInput for a text that may go to nobody: empty, with blanks, or with what names a writer.

    A confidential report's answer names nobody; an answer to several letters names none of their writers.
    """
    if not body.strip():
        raise InvalidInput("请填写答复内容", "body")
    if len(body) > MOST_TEXT:
        raise InvalidInput(f"答复内容不能超过{MOST_TEXT}字", "body")
    blanks = rules.blanks_in(body)
    if blanks:
        raise InvalidInput(f"模板中还有没有填写的空白：{'、'.join(blanks)}", "body")
    members: list[Any] = list(case.members.filter(state=State.MERGED))
    if members or case.identity_closed:
        named = [value for letter in (case, *members) for value in letter.personal_values()]
        if rules.holds_any(body, named):
            raise InvalidInput(
                "答复内容中有来信人的个人信息：合并答复和保密举报的答复不得出现，请删除", "body"
            )


def check_records(case: Letter) -> None:
    """Every paper is decided, its copy proven; one answer to several letters gives none. Raises StepRefused."""
    entries = entries_of(case)
    found = problems_of(entries)
    given = [entry for entry in entries if entry.is_given]
    if given and case.members.filter(state=State.MERGED).exists():
        found.append("合并答复的来信不随答复提供材料：请先分开办理，或者改为不提供")
    if found:
        raise StepRefused(f"{'；'.join(found[:3])}。", tuple(found))


def draft_of(case: Letter) -> Reply:
    """This round's answer; StepRefused if none has been drafted."""
    found = reply_of_round(case)
    if found is None:
        raise StepRefused("尚未拟写答复。")
    return found


@transaction.atomic
def draft_reply(
    *, case: Letter, body: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> Reply:
    """Write the answer of this round, or write it anew. Raises InvalidInput while a blank is unfilled."""
    check_text(case, body)
    if actor.account_id is None:
        raise StepRefused("须由本单位经办人拟稿。")
    reply = reply_of_round(case) or Reply(letter=case, round=case.round)
    reply.body, reply.drafted_by_id, reply.drafted_at = body.strip(), actor.account_id, at
    take_step(
        case,
        "draft_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=reply.content_sha256,
    )
    reply.save()
    return reply


@transaction.atomic
def submit_reply(*, case: Letter, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Send the draft to review; whoever wrote it sends it. The text is looked at once more: letters may have been
    merged since."""
    reply = draft_of(case)
    if reply.drafted_by_id != actor.account_id:
        raise StepRefused("须由拟稿人本人送审；他人修改的，应先保存为自己的拟稿。")
    check_text(case, reply.body)
    check_records(case)
    take_step(
        case,
        "submit_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=reply.content_sha256,
        waiting=assisting_parts(case).count(),
    )
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=reply.content_sha256, actor=actor, at=at)
    _hand_on(case, Role.REVIEWER, "待审核", at)


def _hand_on(case: Letter, role: Role, what: str, at: datetime) -> None:
    """Tell those of the unit who go on with the answer; its period runs meanwhile."""
    subject, body = f"来信答复{what}（{case.number}）", f"答复期限至：{told_day(case.due_on)}。"
    tell_unit(case, case.unit, (role,), "reply", subject, body, at)


@transaction.atomic
def review_reply(
    *, case: Letter, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Another person of the unit agrees."""
    review = desk.open_round(case, PURPOSE)
    digest = draft_of(case).content_sha256
    desk.sign(
        case=case,
        review=review,
        verb="review_reply",
        step=ReviewStep.REVIEW,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    _hand_on(case, Role.APPROVER, "待签发", at)


@transaction.atomic
def sign_reply(
    *, case: Letter, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """A leader of the unit signs; the letter goes to the mailbox office for its check."""
    review = desk.open_round(case, PURPOSE)
    digest = draft_of(case).content_sha256
    office = mailbox_office()
    unit = case.unit
    desk.sign(
        case=case,
        review=review,
        verb="sign_reply",
        step=ReviewStep.APPROVE,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
        office_id=office.pk,
        check_by=calendar().term(timezone.localdate(at), term("check").days),
    )
    tell_unit(
        case,
        office,
        (Role.CLERK,),
        "to_check",
        f"信箱答复待核查（{case.number}）",
        f"{unit.name}已签发，答复期限至：{told_day(case.due_on)}。",
        at,
    )


@transaction.atomic
def return_reply(
    *, case: Letter, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the draft back with a reason; the round of review ends."""
    review = desk.open_round(case, PURPOSE)
    step = ReviewStep.REVIEW if case.state == State.REVIEWING else ReviewStep.APPROVE
    desk.send_back(
        case=case,
        review=review,
        verb="return_reply",
        step=step,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    _hand_on(case, Role.CLERK, "被退回修改", at)
