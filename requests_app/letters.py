"""The facts of each letter, from the case: what issue() freezes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from django.utils import timezone

from portal.core.chain import canonical
from portal.core.limits import limit
from portal.core.wording import cn_date, listed
from requests_app.choices import ApplicantKind, Decision, NotProcessedReason, RefusalGround, ReplyKind
from requests_app.models import CorrectionNotice, DisclosureRequest, Reply
from requests_app.remedies import remedy
from requests_app.rules import GROUND_ARTICLES, GROUND_PHRASES, NOT_PROCESSED_TEXTS

REPLY_KINDS = {
    ReplyKind.DISCLOSE: "disclose_reply",
    ReplyKind.REFUSE: "refuse_reply",
    ReplyKind.NOT_HELD: "not_held_reply",
    ReplyKind.NOT_OURS: "not_ours_reply",
    ReplyKind.ALREADY_PUBLIC: "already_public_reply",
    ReplyKind.PARTIAL: "partial_reply",
    ReplyKind.NEEDS_CREATION: "needs_creation_reply",
    ReplyKind.UNCLEAR: "unclear_reply",
    ReplyKind.INQUIRY: "inquiry_reply",
    ReplyKind.NOT_PROCESSED: "not_processed_reply",
}


class Named(Protocol):
    """Anything with a file name."""

    @property
    def name(self) -> str: ...


def information_of(case: DisclosureRequest) -> str:
    """What was asked, in one phrase."""
    name = f"{case.information_name}{f'（{case.information_number}）' if case.information_number else ''}"
    return (name if case.information_name else case.information_number or case.description)[:200].rstrip("。")


def _day(day: date | None) -> str:
    return cn_date(day) if day is not None else ""


def application_form(case: DisclosureRequest, files: Iterable[Named], at: datetime) -> dict[str, Any]:
    """The whole application, as it was submitted."""
    applicant = [["申请人类型", case.get_applicant_kind_display()]]
    if case.applicant_kind == ApplicantKind.CITIZEN:
        applicant += [
            ["姓名", case.name],
            ["证件类型", case.get_identity_kind_display()],
            ["证件号码", case.identity_number],
        ]
    else:
        applicant += [
            ["组织类型", case.get_organisation_kind_display()],
            ["名称", case.name],
            ["统一社会信用代码", case.identity_number],
            ["法定代表人", case.representative],
            ["联系人", case.contact_person],
        ]
    applicant += [
        ["联系电话", case.phone],
        ["电子邮箱", case.email],
        ["通信地址", case.address],
        ["邮政编码", case.postcode],
    ]
    information = [
        ["信息名称", case.information_name],
        ["文号", case.information_number],
        ["其他特征描述", case.description],
        ["信息形式", case.get_form_wanted_display()],
        ["获取方式", case.get_delivery_display()],
        ["附件", listed(file.name for file in files)],
    ]
    shown = {
        "applicant": [row for row in applicant if row[1]],
        "information": [row for row in information if row[1]],
    }
    return {
        "case_number": case.number,
        "submitted_at": timezone.localtime(at).strftime("%Y年%m月%d日 %H:%M"),
        "channel": case.get_channel_display(),
        **shown,
        "digest": hashlib.sha256(canonical(shown).encode()).hexdigest(),
    }


def receipt(case: DisclosureRequest) -> dict[str, Any]:
    """What the applicant is told on registration."""
    return {
        "case_number": case.number,
        "submitted_on": cn_date(timezone.localdate(case.created_at)),
        "channel": case.get_channel_display(),
        "information": information_of(case),
        "received_on": _day(case.received_on),
        "limit": limit("disclosure.reply").text,
        "due_on": _day(case.due_on),
        "provisional": case.due_provisional,
    }


def extension_notice(
    case: DisclosureRequest, days: int, reason: str, due_before: date | None
) -> dict[str, Any]:
    """Why the answer takes longer, and until when."""
    return {
        "case_number": case.number,
        "received_on": _day(case.received_on),
        "information": information_of(case),
        "reason": reason.strip().removeprefix("因").rstrip("。"),
        "days": days,
        "due_before": _day(due_before),
        "due_on": _day(case.due_on),
        "provisional": case.due_provisional,
    }


def correction_notice(case: DisclosureRequest, notice: CorrectionNotice) -> dict[str, Any]:
    """What is unclear, and by when to say it."""
    return {
        "case_number": case.number,
        "received_on": _day(case.received_on),
        "information": information_of(case),
        "unclear": notice.unclear,
        "correct_by": cn_date(notice.correct_by),
    }


def lapse_notice(case: DisclosureRequest, notice: CorrectionNotice) -> dict[str, Any]:
    """Why the request is not processed further."""
    return {
        "case_number": case.number,
        "received_on": _day(case.received_on),
        "information": information_of(case),
        "told_on": cn_date(notice.told_on),
        "correct_by": cn_date(notice.correct_by),
        "remedy": remedy("abandoned", case.unit.review_body, case.unit.court),
    }


def reply(case: DisclosureRequest, answer: Reply) -> tuple[str, dict[str, Any]]:
    """The document kind of a reply and its facts."""
    facts: dict[str, Any] = {
        "case_number": case.number,
        "received_on": _day(case.received_on),
        "information": information_of(case),
        "extended": case.extensions.filter(decision=Decision.APPROVED).exists(),
        "body": answer.body,
        "remedy": remedy(answer.kind, case.unit.review_body, case.unit.court),
        "form_wanted": case.get_form_wanted_display(),
        "delivery": case.get_delivery_display(),
    }
    if answer.kind == ReplyKind.PARTIAL:
        facts["withheld"] = answer.withheld
    if answer.kind == ReplyKind.NOT_PROCESSED:
        facts["finding"] = NOT_PROCESSED_TEXTS[NotProcessedReason(answer.reason)]
    if answer.kind in (ReplyKind.REFUSE, ReplyKind.PARTIAL):
        ground = RefusalGround(answer.ground)
        facts |= {"ground": GROUND_PHRASES[ground], "article": GROUND_ARTICLES[ground]}
    if answer.kind == ReplyKind.NOT_HELD:
        facts["search_record"] = answer.search_record.rstrip("。")
    if answer.kind == ReplyKind.NOT_OURS:
        facts |= {"agency": answer.agency, "agency_contact": answer.agency_contact.rstrip("。")}
    return REPLY_KINDS[ReplyKind(answer.kind)], facts
