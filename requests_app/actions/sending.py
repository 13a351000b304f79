"""Papers reach the applicant: the reply online or on paper, delivery and receipt recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.documents.models import DocumentStatus, OfficialDocument
from requests_app import letters
from requests_app.actions.receipts import amend_by, entered_by, receive_by, serve
from requests_app.actions.reply import PURPOSE, reply_of
from requests_app.actions.word import tell_applicant
from requests_app.choices import SendBy, State
from requests_app.letters.opening import goes_online
from requests_app.models import (
    CorrectionNotice,
    Delivery,
    DisclosureRequest,
    ReasonsInquiry,
    Reply,
)
from requests_app.queries.receipts import can_be_told


@dataclass(frozen=True)
class Handover:
    """How a paper reaches somebody: by post the day of posting, its number and later the day of receipt; else the signer."""

    send_by: str
    delivered_on: date | None = None
    tracking: str = ""
    signer: str = ""
    note: str = ""
    posted_on: date | None = None


def _signed_reply(case: DisclosureRequest) -> Reply:
    """The reply as it was signed; StepRefused if it was changed since."""
    answer = reply_of(case)
    signed = case.reviews.filter(purpose=PURPOSE).order_by("-round").first()
    if signed is None or signed.content_sha256 != answer.content_sha256:
        raise StepRefused("答复内容与签发的不一致，须重新送审。")
    return answer


def detail_of(answer: Reply) -> dict[str, str]:
    """Why it is refused or not processed, as the annual report counts it: the first matter's ground and reason."""
    items = list(answer.items.order_by("position"))
    given = {
        "ground": next((item.ground for item in items if item.ground), ""),
        "reason_code": next((item.reason for item in items if item.reason), ""),
    }
    return {key: value for key, value in given.items() if value}


def _put_on_paper(
    case: DisclosureRequest, answer: Reply, actor: Actor, at: datetime, *, again: bool = False
) -> OfficialDocument:
    """Issue the numbered document, and once the sheets for the file: who signed, where was searched."""
    kind, facts = letters.reply(case, answer)
    paper = issue(case, kind, unit=case.unit, actor=actor, at=at, facts=facts, addressee=case.name)
    answer.document = paper
    answer.save(update_fields=["document"])
    sheets = {} if again else {"approval_sheet": letters.approval_sheet(case, answer)}
    if case.searches.exists() and not again:
        sheets["search_sheet"] = letters.search_sheet(case)
    for sheet, shown in sheets.items():
        issue(case, sheet, unit=case.unit, actor=actor, at=at, facts=shown)
    return paper


@transaction.atomic
def reply(*, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Issue the reply as a numbered document that can be read at once, and tell the applicant; the clock stops."""
    answer = _signed_reply(case)
    take_step(
        case,
        "reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reply_kind=answer.kind,
        content_sha256=answer.content_sha256,
        online=goes_online(case),
        told=can_be_told(case),
        detail=detail_of(answer),
    )
    serve(case, _put_on_paper(case, answer, actor, at), at)
    _tell_answered(case, "答复文书可在查询页面下载。", at)


@transaction.atomic
def issue_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Issue the reply on paper, to be posted or signed for; the clock goes on until it is."""
    answer = _signed_reply(case)
    former = answer.document
    take_step(
        case,
        "issue_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reply_kind=answer.kind,
        content_sha256=answer.content_sha256,
        valid=former is not None and former.status != DocumentStatus.VOID,
    )
    _put_on_paper(case, answer, actor, at, again=former is not None)


@transaction.atomic
def send_reply(
    *,
    case: DisclosureRequest,
    handover: Handover,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Delivery:
    """Record that the reply was posted or signed for; the clock stops on that day, and the applicant is told."""
    answer = _signed_reply(case)
    paper = answer.document
    if paper is None or paper.status == DocumentStatus.VOID:
        raise StepRefused("答复文书已经作废，请重新制发。")
    if handover.send_by not in SendBy.values or handover.send_by == SendBy.ONLINE:
        raise InvalidInput("请选择邮寄、直接送达或者委托送达", "send_by")
    take_step(
        case,
        "send_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reply_kind=answer.kind,
        content_sha256=answer.content_sha256,
        number=paper.number or paper.title,
        issued_on=paper.issued_on,
        send_by=handover.send_by,
        posted_on=handover.posted_on,
        delivered_on=handover.delivered_on,
        tracking=handover.tracking,
        signer=handover.signer,
        detail=detail_of(answer),
    )
    row = _keep(case, paper, handover, actor, at)
    by_post = row.posted_on is not None and row.delivered_on is None
    day = row.posted_on if by_post else row.delivered_on
    how = f"交邮（邮件号{row.tracking}）" if by_post else "送达"
    _tell_answered(case, f"答复文书已于{cn_date(day)}{how}。" if day is not None else "", at)
    return row


def _tell_answered(case: DisclosureRequest, how: str, at: datetime) -> None:
    tell_applicant(
        case,
        "answered",
        f"{case.addressed_as}的申请已答复（{case.number}）",
        f"{how}如不服本答复，救济途径和期限见文书。",
        at,
    )


@transaction.atomic
def record_delivery(
    *,
    case: DisclosureRequest,
    document: OfficialDocument,
    handover: Handover,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Delivery:
    """Record that a paper was posted or reached the applicant, with the 送达回证 once it has."""
    if document.case_id != case.pk:
        raise InvalidInput("请选择本件的文书", "document")
    if handover.send_by not in SendBy.values:
        raise InvalidInput("请选择送达方式", "send_by")
    _check_not_after_answer(case, document, handover.delivered_on)
    take_step(
        case,
        "record_delivery",
        actor=actor,
        at=at,
        seen_version=seen_version,
        number=document.number or document.title,
        issued_on=document.issued_on,
        send_by=handover.send_by,
        posted_on=handover.posted_on,
        delivered_on=handover.delivered_on,
        tracking=handover.tracking,
        signer=handover.signer,
        already=_sent_already(document),
    )
    Delivery.objects.filter(document=document, delivered_on__isnull=True, send_by=SendBy.ONLINE).delete()
    return _keep(case, document, handover, actor, at)


def _check_not_after_answer(case: DisclosureRequest, document: OfficialDocument, day: date | None) -> None:
    """A notice was received by the day on which it was answered, at the latest. Raises InvalidInput."""
    answered = _answered_on(case, document) if day is not None else None
    if day is not None and answered is not None and day > answered:
        raise InvalidInput("送达之日不能晚于申请人答复该通知之日", "delivered_on")


def _answered_on(case: DisclosureRequest, document: OfficialDocument) -> date | None:
    """The day on which the applicant did what that notice asks for; None for no such day, or another paper."""
    days: dict[str, tuple[QuerySet[Any], str]] = {
        "correction_notice": (CorrectionNotice.objects.filter(request=case), "corrected_on"),
        "fee_notice": (case.fees.filter(document=document), "paid_on"),
        "reasons_notice": (ReasonsInquiry.objects.filter(request=case), "answered_on"),
    }
    if document.kind not in days:
        return None
    rows, field = days[document.kind]
    found: date | None = rows.values_list(field, flat=True).first()
    return found


def _sent_already(document: OfficialDocument) -> bool:
    """True if the paper was sent in some way; what only lies online, unread, may still be sent otherwise."""
    unread = Q(delivered_on__isnull=True, send_by=SendBy.ONLINE)
    return Delivery.objects.filter(document=document).exclude(unread).exists()


def _keep(
    case: DisclosureRequest, document: OfficialDocument, handover: Handover, actor: Actor, at: datetime
) -> Delivery:
    row = Delivery.objects.create(
        request=case,
        document=document,
        send_by=handover.send_by,
        tracking=handover.tracking.strip(),
        signer=handover.signer.strip(),
        posted_on=handover.posted_on if handover.send_by == SendBy.POST else None,
        delivered_on=handover.delivered_on,
        note=handover.note.strip(),
    )
    if row.delivered_on is not None:
        _certify(case, row, actor, at)
        receive_by(case, row, actor, at)
    return row


def _certify(case: DisclosureRequest, row: Delivery, actor: Actor, at: datetime) -> None:
    facts = letters.delivery_receipt(case, row)
    issue(case, "delivery_receipt", unit=case.unit, actor=actor, at=at, facts=facts)


@transaction.atomic
def record_receipt(
    *,
    case: DisclosureRequest,
    delivery: Delivery,
    delivered_on: date,
    actor: Actor,
    at: datetime,
    signer: str = "",
    seen_version: int | None = None,
) -> Delivery:
    """The receipt of a posted paper came back, or it is shown when one put online was received; the remedies count from it."""
    row = case.deliveries.filter(pk=delivery.pk, delivered_on__isnull=True).first()
    if row is None:
        raise StepRefused("没有等待签收的文书。")
    _check_not_after_answer(case, row.document, delivered_on)
    take_step(
        case,
        "record_receipt",
        actor=actor,
        at=at,
        seen_version=seen_version,
        number=row.document.number or row.document.title,
        posted_on=row.posted_on or row.document.issued_on,
        delivered_on=delivered_on,
    )
    row.delivered_on, row.signer = delivered_on, signer.strip()
    row.save(update_fields=["delivered_on", "signer"])
    _certify(case, row, actor, at)
    receive_by(case, row, actor, at)
    return row


@transaction.atomic
def amend_delivery(
    *,
    case: DisclosureRequest,
    delivery: Delivery,
    handover: Handover,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Delivery:
    """Put a wrongly entered delivery right, with the reason; of a posted reply the clock's stop moves with it."""
    row = case.deliveries.filter(pk=delivery.pk).select_related("document").first()
    if row is None:
        raise InvalidInput("请选择本件的送达记录", "delivery")
    reply = Reply.objects.filter(request=case, document_id=row.document_id).exists()
    stops = reply and case.state == State.ANSWERED and row.send_by != SendBy.ONLINE
    if (handover.send_by == SendBy.ONLINE) != (row.send_by == SendBy.ONLINE):
        raise InvalidInput("网上送达与其他送达方式不能互改", "send_by")
    take_step(
        case,
        "amend_delivery",
        actor=actor,
        at=at,
        seen_version=seen_version,
        number=row.document.number or row.document.title,
        issued_on=row.document.issued_on,
        send_by=handover.send_by,
        posted_on=handover.posted_on,
        delivered_on=handover.delivered_on,
        tracking=handover.tracking,
        signer=handover.signer,
        reason=reason,
        entered_by=entered_by(
            case,
            "record_delivery",
            "send_reply",
            "record_receipt",
            document=row.document.number or row.document.title,
        ),
        stops=stops,
    )
    row.send_by, row.tracking, row.signer = (
        handover.send_by,
        handover.tracking.strip(),
        handover.signer.strip(),
    )
    row.posted_on = handover.posted_on if handover.send_by == SendBy.POST else None
    before = row.delivered_on
    row.delivered_on, row.note = handover.delivered_on, f"更正：{reason.strip()}"[:200]
    row.save()
    if row.delivered_on is not None:
        _certify(case, row, actor, at)
        amend_by(case, row, before, reason, actor, at)
    return row
