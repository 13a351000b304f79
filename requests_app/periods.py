"""The stored dates of disclosure on application that hang on the calendar, and who was told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.cases.periods import DUE, DateMoved, StoredPeriod, declare, declare_word
from portal.core.limits import limit
from portal.core.telephone import mobile
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayCalendar
from portal.holidays.told import told_day
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.queries import people_with
from requests_app.actions.word import tell_applicant
from requests_app.choices import KIND, ConsultState, FeeState, State, Verdict
from requests_app.models import Consultation, CorrectionNotice, DisclosureRequest, FeeNotice, ReasonsInquiry
from requests_app.rules import opinion_limit


def _tell_applicant(case: DisclosureRequest, row: Any, change: DateMoved, at: datetime) -> None:
    """The applicant and the agent."""
    subject = f"{change.title}调整（{case.number}）"
    body = f"{change.why}，{case.addressed_as}的申请的{change.title}由{cn_date(change.before)}调整为{told_day(change.after)}。"
    tell_applicant(case, f"moved-{change.code}", subject, body, at)


def _tell_party(case: DisclosureRequest, row: Consultation, change: DateMoved, at: datetime) -> None:
    """The party itself; where there is no way to reach it at once, the clerks, who write to it."""
    key = f"consult:{row.public_id}:moved:{case.last_seq}"
    said = f"{change.why}，提出意见的期限由{cn_date(change.before)}调整为{told_day(change.after)}。"
    recipient = Recipient(email=row.email, phone=mobile(row.phone))
    if recipient.email or recipient.phone:
        subject = f"{case.unit.name}征求意见的期限调整"
        notify(recipient=recipient, key=key, subject=subject, body=said, link="", at=at)
        return
    for account in people_with(case.unit, Role.CLERK, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{key}:{account.pk}",
            subject=f"请书面告知对方意见期限调整（{case.number}）",
            body=f"{said}对方没有登记电子邮箱和手机号码。",
            link=reverse("workbench_requests:detail", args=[case.public_id]),
            at=at,
        )


def _tell_due(case: DisclosureRequest, change: DateMoved, at: datetime) -> None:
    if change.code == DUE and case.received_on is not None:
        _tell_applicant(case, case, replace(change, title="答复期限"), at)


def _asked_until(row: Consultation, calendar: WorkdayCalendar) -> date:
    days = opinion_limit(row.kind, row.request.law_day).days
    return calendar.add(row.received_on or row.sent_on, days)


def _pay_by(row: FeeNotice, calendar: WorkdayCalendar) -> date:
    days = limit("disclosure.fee_payment", on=row.request.law_day).days
    return calendar.add(row.received_on or row.told_on, days)


declare_word(KIND, _tell_due)
declare(
    StoredPeriod(
        "requests.correct_by",
        "补正期限",
        "correct_by",
        lambda: CorrectionNotice.objects.filter(
            request__state=State.AWAITING_CORRECTION, corrected_on__isnull=True, workdays__gt=0
        ),
        lambda row, calendar: (
            calendar.add(row.received_on or row.told_on, row.workdays) if row.workdays else None
        ),
        "request",
        _tell_applicant,
    ),
    StoredPeriod(
        "requests.reasons_by",
        "说明理由的期限",
        "answer_by",
        lambda: ReasonsInquiry.objects.filter(
            request__closed_on__isnull=True, verdict=Verdict.PENDING, workdays__gt=0
        ),
        lambda row, calendar: (
            calendar.add(row.received_on or row.told_on, row.workdays) if row.workdays else None
        ),
        "request",
        _tell_applicant,
    ),
    StoredPeriod(
        "requests.opinion_by",
        "提出意见的期限",
        "answer_by",
        lambda: Consultation.objects.filter(
            request__closed_on__isnull=True, state=ConsultState.WAITING
        ).select_related("request"),
        _asked_until,
        "request",
        _tell_party,
    ),
    StoredPeriod(
        "requests.pay_by",
        "缴费期限",
        "pay_by",
        lambda: FeeNotice.objects.filter(
            request__closed_on__isnull=True, state=FeeState.WAITING
        ).select_related("request"),
        _pay_by,
        "request",
        _tell_applicant,
    ),
)
