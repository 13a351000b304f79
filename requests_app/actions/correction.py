"""Correction: told once, answered by the applicant or entered by a clerk, or lapsed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.periods import up_to_date
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from requests_app import letters
from requests_app.actions.extension import spend
from requests_app.actions.naming import refuse_parties_named
from requests_app.actions.receipts import serve
from requests_app.actions.voiding import end_everything
from requests_app.actions.word import tell_applicant
from requests_app.models import CorrectionNotice, DisclosureRequest
from requests_app.queries.receipts import CORRECTION, by_when, received_at_once


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
    """Tell the applicant what to correct and by when; the clock stands still until the correction arrives.

    A term that would end on a rest day ends on the next working day (民法典第二百零三条).
    """
    refuse_parties_named(case, unclear=unclear)
    today = timezone.localdate(at)
    if not today < correct_by <= calendar().last_day:
        raise InvalidInput("补正期限应晚于今天，并在工作日历之内", "correct_by")
    last = calendar().next_workday(correct_by)
    since = calendar().between(case.received_on, today) if case.received_on is not None else 0
    take_step(
        case,
        "request_correction",
        actor=actor,
        at=at,
        seen_version=seen_version,
        unclear=unclear,
        correct_by=last,
        already=CorrectionNotice.objects.filter(request=case).exists(),
        workdays_since_receipt=since,
        term_days=calendar().between(today, last),
    )
    proposed = limit("disclosure.correction_term", on=case.law_day).days
    notice = CorrectionNotice.objects.create(
        request=case,
        unclear=unclear.strip(),
        told_on=today,
        received_on=received_at_once(case, at),
        correct_by=last,
        workdays=calendar().term_until(today, last, proposed).days,
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
        f"{by_when(CORRECTION, notice, case)}补正，逾期不补正又无正当理由的，视为放弃申请。需要补正的事项见《补正告知书》。",
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
    notice.received_on = min(notice.received_on or day, day)
    notice.save(update_fields=["answer", "corrected_on", "received_on"])
    spend(case)
    tell_applicant(
        case,
        "corrected",
        f"已收到{case.addressed_as}的补正（{case.number}）",
        f"收到补正之日：{cn_date(day)}；答复期限重新起算，至：{told_day(case.due_on)}。",
        at,
    )


@transaction.atomic
def lapse(*, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Close a request that was not corrected in time, with a notice."""
    notice = notice_of(case)
    take_step(
        case,
        "lapse",
        actor=actor,
        at=at,
        seen_version=seen_version,
        correct_by=notice.correct_by,
        received=notice.received_on is not None,
    )
    notice.save(update_fields=["correct_by"])
    end_everything(case, at)
    paper = issue(
        case,
        "lapse_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.lapse_notice(case, notice),
        addressee=case.name,
    )
    serve(case, paper, at)
    tell_applicant(
        case,
        "lapsed",
        f"{case.addressed_as}的申请不再处理（{case.number}）",
        "因逾期未补正，视为放弃申请。需要时可以重新提出申请。",
        at,
    )
