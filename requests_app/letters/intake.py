"""Facts of the papers of intake: the form, the receipt, correction, extension, withdrawal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from django.utils import timezone

from portal.core.actors import Actor
from portal.core.chain import canonical
from portal.core.limits import limit
from portal.core.wording import cn_date, cn_moment, listed
from portal.holidays.told import told_day
from requests_app.choices import ApplicantKind, EndReason
from requests_app.letters.opening import asked, day, information_of, remedy_against
from requests_app.models import CorrectionNotice, DisclosureRequest, ReasonsInquiry
from requests_app.queries.receipts import CORRECTION, REASONS, term_to_come


class Named(Protocol):
    """Anything with a file name."""

    @property
    def name(self) -> str: ...


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
    if case.agent_name:
        applicant += [
            ["代理人", case.agent_name],
            ["代理人证件", f"{case.get_agent_identity_kind_display()} {case.agent_identity_number}"],
            ["代理人电话", case.agent_phone],
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
        "submitted_at": cn_moment(at),
        "channel": case.get_channel_display(),
        **shown,
        "digest": hashlib.sha256(canonical(shown).encode()).hexdigest(),
    }


def receipt(case: DisclosureRequest) -> dict[str, Any]:
    """What the applicant is told on registration."""
    return {
        "case_number": case.number,
        "you": case.addressed_as,
        "submitted_on": cn_date(timezone.localdate(case.created_at)),
        "channel": case.get_channel_display(),
        "information": information_of(case),
        "received_on": day(case.received_on),
        "limit": limit("disclosure.reply", on=case.law_day).text,
        "due_on": day(case.due_on),
        "provisional": case.due_provisional,
    }


def extension_notice(
    case: DisclosureRequest, days: int, reason: str, due_before: date | None
) -> dict[str, Any]:
    """Why the answer takes longer, and until when."""
    return {
        "case_number": case.number,
        "you": case.addressed_as,
        "received_on": day(case.received_on),
        "information": information_of(case),
        "reason": reason.strip().removeprefix("因").rstrip("。"),
        "days": days,
        "due_before": day(due_before),
        "due_on": day(case.due_on),
        "provisional": case.due_provisional,
    }


def correction_notice(case: DisclosureRequest, notice: CorrectionNotice) -> dict[str, Any]:
    """What is unclear, and by when to say it."""
    return {
        "case_number": case.number,
        "you": case.addressed_as,
        "received_on": day(case.received_on),
        "information": information_of(case),
        "unclear": notice.unclear,
        "correct_by": told_day(notice.correct_by),
        "limit": term_to_come(CORRECTION, notice, case),
    }


def lapse_notice(case: DisclosureRequest, notice: CorrectionNotice) -> dict[str, Any]:
    """Why the request is not processed further."""
    return {
        "case_number": case.number,
        "you": case.addressed_as,
        "received_on": day(case.received_on),
        "information": information_of(case),
        "told_on": cn_date(notice.told_on),
        "correct_by": cn_date(notice.correct_by),
        "remedy": remedy_against(case, "abandoned"),
    }


def register_sheet(case: DisclosureRequest, actor: Actor) -> dict[str, Any]:
    """The office's own sheet: how it came, when, until when, with whom (登记表)."""
    return {
        "case_number": case.number,
        "rows": [
            ["申请人类型", case.get_organisation_kind_display() or case.get_applicant_kind_display()],
            ["申请人", case.name],
            ["代理人", case.agent_name or "无"],
            ["申请内容", information_of(case)],
            ["提交渠道", case.get_channel_display()],
            ["收到申请之日", day(case.received_on)],
            ["收到凭据", case.receipt_evidence],
            ["答复期限", f"{told_day(case.due_on)}（{limit('disclosure.reply', on=case.law_day).text}）"],
            ["信息形式", case.get_form_wanted_display()],
            ["获取方式", case.get_delivery_display()],
            ["登记人", actor.label],
        ],
    }


PAID_ALREADY = "已经缴纳的信息处理费，尚未提供信息的予以退还，请与受理机关联系。"


def termination_notice(case: DisclosureRequest, reason: str, at: datetime) -> dict[str, Any]:
    """Why there is nobody left to answer, and what may be done against it."""
    return {
        **asked(case),
        "received_on": day(case.received_on) or cn_date(timezone.localdate(case.created_at)),
        "reason": EndReason(reason).label,
        "ended_on": cn_date(timezone.localdate(at)),
        "remedy": remedy_against(case, "ended"),
    }


def withdrawal_note(case: DisclosureRequest, at: datetime, *, by_letter: bool, paid: bool) -> dict[str, Any]:
    """That the request was taken back, how, and what becomes of a fee that was paid."""
    return {
        "case_number": case.number,
        "you": case.addressed_as,
        "information": information_of(case),
        "withdrawn_on": cn_date(timezone.localdate(at)),
        "how": "书面" if by_letter else "通过查询页面",
        "fee": PAID_ALREADY if paid else "",
    }


def reasons_notice(case: DisclosureRequest, inquiry: ReasonsInquiry) -> dict[str, Any]:
    """How many and how often, and by when to say why."""
    return {
        **asked(case),
        "finding": inquiry.finding,
        "answer_by": told_day(inquiry.answer_by),
        "limit": term_to_come(REASONS, inquiry, case),
    }


def postponement_notice(case: DisclosureRequest, days: int, due_before: date | None) -> dict[str, Any]:
    """The later date."""
    return {
        **asked(case),
        "days": days,
        "due_before": day(due_before),
        "due_on": day(case.due_on),
        "provisional": case.due_provisional,
    }
