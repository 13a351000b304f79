"""The reply: drafted, reviewed by three other people, issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.actions import issue
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep, Verdict
from requests_app import letters
from requests_app.actions.word import tell_applicant
from requests_app.choices import ReplyKind
from requests_app.models import CorrectionNotice, DisclosureRequest, Reply

PURPOSE = "reply"
WITHHOLDING = (ReplyKind.REFUSE, ReplyKind.PARTIAL)
MOST_TEXT = 10_000
STEP_OF_STATE = {
    "reviewing": ReviewStep.REVIEW,
    "clearing": ReviewStep.SECRECY,
    "signing": ReviewStep.APPROVE,
}


@dataclass(frozen=True)
class ReplyText:
    """What a clerk drafts."""

    kind: str
    body: str
    ground: str = ""
    agency: str = ""
    agency_contact: str = ""
    search_record: str = ""
    reason: str = ""
    withheld: str = ""


def check_text(text: ReplyText) -> None:
    """Raise InvalidInput where the kind of reply lacks what the law asks of it (条例第三十六条)."""
    if text.kind not in ReplyKind.values:
        raise InvalidInput("请选择答复类型", "kind")
    if not text.body.strip():
        raise InvalidInput("请填写答复内容", "body")
    if len(text.body) > MOST_TEXT:
        raise InvalidInput(f"答复内容不能超过{MOST_TEXT}字", "body")
    if text.kind in WITHHOLDING and not text.ground:
        raise InvalidInput("不予公开或者部分公开的，须选择法定理由", "ground")
    if text.kind == ReplyKind.PARTIAL and not text.withheld.strip():
        raise InvalidInput("部分公开的，须说明不予公开的部分（条例第三十七条）", "withheld")
    if text.kind == ReplyKind.NOT_PROCESSED and not text.reason:
        raise InvalidInput("不予处理的，须选择情形", "reason")
    if text.kind == ReplyKind.NOT_HELD and not text.search_record.strip():
        raise InvalidInput("信息不存在的，须记录检索范围、方法和结果", "search_record")


def _was_corrected(case: DisclosureRequest) -> bool:
    return CorrectionNotice.objects.filter(request=case, corrected_on__isnull=False).exists()


def reply_of(case: DisclosureRequest) -> Reply:
    """The case's reply; StepRefused if none has been drafted."""
    found = Reply.objects.filter(request=case).first()
    if found is None:
        raise StepRefused("尚未拟写答复。")
    return found


@transaction.atomic
def draft_reply(
    *, case: DisclosureRequest, text: ReplyText, actor: Actor, at: datetime, seen_version: int | None = None
) -> Reply:
    """Write the reply, or write it anew."""
    check_text(text)
    if text.kind == ReplyKind.UNCLEAR and not _was_corrected(case):
        raise InvalidInput("只有经过补正、内容仍不明确的，才能作此答复", "kind")
    reply = Reply.objects.filter(request=case).first() or Reply(request=case)
    reply.kind, reply.body = text.kind, text.body.strip()
    reply.ground = text.ground if text.kind in WITHHOLDING else ""
    reply.reason = text.reason if text.kind == ReplyKind.NOT_PROCESSED else ""
    reply.withheld = text.withheld.strip() if text.kind == ReplyKind.PARTIAL else ""
    reply.agency = text.agency.strip() if text.kind == ReplyKind.NOT_OURS else ""
    reply.agency_contact = text.agency_contact.strip() if text.kind == ReplyKind.NOT_OURS else ""
    reply.search_record = text.search_record.strip()
    if actor.account_id is None:
        raise StepRefused("须由本机关经办人拟稿。")
    reply.drafted_by_id, reply.drafted_at = actor.account_id, at
    take_step(
        case,
        "draft_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reply_kind=reply.kind,
        content_sha256=reply.content_sha256,
    )
    reply.save()
    return reply


@transaction.atomic
def submit_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the draft to review; whoever sends it stands as its drafter, and must have written it."""
    reply = reply_of(case)
    if reply.drafted_by_id != actor.account_id:
        raise StepRefused("须由拟稿人本人送审；他人修改的，应先保存为自己的拟稿。")
    take_step(
        case,
        "submit_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=reply.content_sha256,
    )
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=reply.content_sha256, actor=actor, at=at)


def _pass(
    verb: str,
    step: ReviewStep,
    *,
    case: DisclosureRequest,
    comment: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None,
) -> None:
    reply = reply_of(case)
    review = desk.open_round(case, PURPOSE)
    take_step(
        case,
        verb,
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=desk.signers(review),
        content_sha256=reply.content_sha256,
    )
    desk.sign_off(
        review=review,
        step=step,
        actor=actor,
        verdict=Verdict.PASS,
        comment=comment,
        content_sha256=reply.content_sha256,
        at=at,
    )


@transaction.atomic
def review_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The legal review agrees."""
    _pass(
        "review_reply",
        ReviewStep.REVIEW,
        case=case,
        comment=comment,
        actor=actor,
        at=at,
        seen_version=seen_version,
    )


@transaction.atomic
def clear_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review agrees."""
    _pass(
        "clear_reply",
        ReviewStep.SECRECY,
        case=case,
        comment=comment,
        actor=actor,
        at=at,
        seen_version=seen_version,
    )


@transaction.atomic
def sign_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader in charge signs."""
    _pass(
        "sign_reply",
        ReviewStep.APPROVE,
        case=case,
        comment=comment,
        actor=actor,
        at=at,
        seen_version=seen_version,
    )


@transaction.atomic
def return_reply(
    *, case: DisclosureRequest, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the draft back with a reason; the round ends."""
    review = desk.open_round(case, PURPOSE)
    step = STEP_OF_STATE.get(case.state, ReviewStep.REVIEW)
    take_step(
        case,
        "return_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=desk.signers(review),
        comment=comment,
    )
    desk.sign_off(
        review=review,
        step=step,
        actor=actor,
        verdict=Verdict.RETURN,
        comment=comment[:300],
        content_sha256=review.content_sha256,
        at=at,
    )


@transaction.atomic
def reply(*, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Issue the reply as a numbered document and tell the applicant; the clock stops."""
    answer = reply_of(case)
    signed = case.reviews.filter(purpose=PURPOSE).order_by("-round").first()
    if signed is None or signed.content_sha256 != answer.content_sha256:
        raise StepRefused("答复内容与签发的不一致，须重新送审。")
    take_step(
        case,
        "reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reply_kind=answer.kind,
        content_sha256=answer.content_sha256,
    )
    kind, facts = letters.reply(case, answer)
    answer.document = issue(case, kind, unit=case.unit, actor=actor, at=at, facts=facts, addressee=case.name)
    answer.save(update_fields=["document"])
    tell_applicant(
        case,
        "answered",
        f"您的申请已答复（{case.number}）",
        "答复文书可在查询页面下载。如不服本答复，救济途径和期限见文书。",
        at,
    )
