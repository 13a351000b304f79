"""Correction: told once, answered by the applicant or entered by a clerk, or lapsed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.periods import up_to_date
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.core.limits import limit
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from requests_app import letters
from requests_app.actions.word import tell_applicant
from requests_app.models import CorrectionNotice, DisclosureRequest


def notice_of(case: DisclosureRequest) -> CorrectionNotice:
    """The request's correction notice; StepRefused if there is none."""
    found = CorrectionNotice.objects.filter(request=case).first()
    if found is None:
        raise StepRefused("本件没有告知过补正。")
    return up_to_date("requests.correct_by", found, calendar())  # type: ignore[no-any-return]


@transaction.atomic
def request_correction(
    *,
    case: DisclosureRequest,
    unclear: str,
    correct_by: date,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> CorrectionNotice:
    """Tell the applicant what to correct and by when; the clock stands still until the correction arrives."""
    today = timezone.localdate(at)
    since = calendar().between(case.received_on, today) if case.received_on is not None else 0
    take_step(
        case,
        "request_correction",
        actor=actor,
        at=at,
        seen_version=seen_version,
        unclear=unclear,
        correct_by=correct_by,
        already=CorrectionNotice.objects.filter(request=case).exists(),
        workdays_since_receipt=since,
    )
    proposed = limit("disclosure.correction_term", on=case.law_day).days
    notice = CorrectionNotice.objects.create(
        request=case,
        unclear=unclear.strip(),
        told_on=today,
        correct_by=correct_by,
        workdays=calendar().term_until(today, correct_by, proposed).days,
    )
    issue(
        case,
        "correction_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.correction_notice(case, notice),
        addressee=case.name,
    )
    tell_applicant(
        case,
        "correction",
        f"{case.addressed_as}的申请需要补正（{case.number}）",
        f"请于{correct_by}前补正，逾期不补正又无正当理由的，视为放弃申请。需要补正的事项见《补正告知书》。",
        at,
    )
    return notice


@transaction.atomic
def correct(
    *,
    case: DisclosureRequest,
    text: str,
    actor: Actor,
    at: datetime,
    corrected_on: date | None = None,
    seen_version: int | None = None,
) -> None:
    """Take in the correction; the reply period begins anew on `corrected_on` (the day of `at` without one)."""
    notice = notice_of(case)
    day = corrected_on or timezone.localdate(at)
    take_step(
        case,
        "correct",
        actor=actor,
        at=at,
        seen_version=seen_version,
        text=text,
        corrected_on=day,
        told_on=notice.told_on,
    )
    notice.answer, notice.corrected_on = text.strip(), day
    notice.save(update_fields=["answer", "corrected_on"])
    tell_applicant(
        case,
        "corrected",
        f"已收到{case.addressed_as}的补正（{case.number}）",
        f"收到补正之日：{day}；答复期限重新起算，至：{case.due_on}。",
        at,
    )


@transaction.atomic
def lapse(*, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Close a request that was not corrected in time, with a notice."""
    notice = notice_of(case)
    take_step(case, "lapse", actor=actor, at=at, seen_version=seen_version, correct_by=notice.correct_by)
    notice.save(update_fields=["correct_by"])
    issue(
        case,
        "lapse_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.lapse_notice(case, notice),
        addressee=case.name,
    )
    tell_applicant(
        case,
        "lapsed",
        f"{case.addressed_as}的申请不再处理（{case.number}）",
        "因逾期未补正，视为放弃申请。需要时可以重新提出申请。",
        at,
    )
