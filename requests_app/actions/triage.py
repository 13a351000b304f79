"""Looking a request over: plainly not to be disclosed, too many of them, nobody left."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.periods import up_to_date
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from requests_app import letters
from requests_app.actions.extension import extended_days
from requests_app.actions.naming import refuse_parties_named
from requests_app.actions.succession import Successor as Successor  # moved there; known by this name too
from requests_app.actions.word import tell_applicant
from requests_app.choices import Verdict
from requests_app.models import CorrectionNotice, DisclosureRequest, ReasonsInquiry
from requests_app.queries.receipts import REASONS, by_when, received_at_once


@transaction.atomic
def flag_obvious(
    *, case: DisclosureRequest, ground: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Plainly not to be disclosed: three working days from receipt, or from receipt of the correction."""
    corrected = CorrectionNotice.objects.filter(request=case, corrected_on__isnull=False).first()
    since = corrected.corrected_on if corrected is not None else case.received_on
    if since is None:
        raise StepRefused("本件尚未登记。")
    answer_by = calendar().term(since, limit("disclosure.obvious_refusal", on=case.law_day).days)
    take_step(
        case,
        "flag_obvious",
        actor=actor,
        at=at,
        seen_version=seen_version,
        ground=ground,
        answer_by=answer_by,
    )


@transaction.atomic
def unflag_obvious(
    *, case: DisclosureRequest, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take the flag back."""
    take_step(case, "unflag_obvious", actor=actor, at=at, seen_version=seen_version, comment=comment)


def reasons_of(case: DisclosureRequest) -> ReasonsInquiry:
    """The inquiry for reasons; StepRefused if there is none."""
    found = ReasonsInquiry.objects.filter(request=case).first()
    if found is None:
        raise StepRefused("本件没有要求说明过理由。")
    return up_to_date("requests.reasons_by", found, calendar())  # type: ignore[no-any-return]


@transaction.atomic
def ask_reasons(
    *,
    case: DisclosureRequest,
    finding: str,
    answer_by: date,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Ask for the reasons of many or frequent requests, in writing (说明理由告知书)."""
    today = timezone.localdate(at)
    if not today < answer_by <= calendar().last_day:
        raise InvalidInput("说明期限应晚于今天，并在工作日历之内", "answer_by")
    answer_by = calendar().next_workday(answer_by)
    refuse_parties_named(case, finding=finding)
    take_step(
        case,
        "ask_reasons",
        actor=actor,
        at=at,
        seen_version=seen_version,
        finding=finding,
        answer_by=answer_by,
        already=ReasonsInquiry.objects.filter(request=case).exists(),
        term_days=calendar().between(today, answer_by),
    )
    proposed = limit("disclosure.correction_term", on=case.law_day).days
    inquiry = ReasonsInquiry.objects.create(
        request=case,
        finding=finding.strip(),
        told_on=today,
        received_on=received_at_once(case, at),
        answer_by=answer_by,
        workdays=calendar().term_until(today, answer_by, proposed).days,
    )
    issue(
        case,
        "reasons_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.reasons_notice(case, inquiry),
        addressee=case.name,
    )
    tell_applicant(
        case,
        "reasons",
        f"请说明申请理由（{case.number}）",
        f"{case.addressed_as}申请公开政府信息的数量、频次明显超过合理范围，{by_when(REASONS, inquiry, case)}说明理由。详见《说明理由告知书》。",
        at,
    )


@transaction.atomic
def give_reasons(
    *, case: DisclosureRequest, text: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take in the applicant's reasons."""
    inquiry = reasons_of(case)
    take_step(
        case,
        "give_reasons",
        actor=actor,
        at=at,
        seen_version=seen_version,
        text=text,
        asked=inquiry.verdict == Verdict.PENDING,
    )
    inquiry.answer, inquiry.answered_on, inquiry.verdict = text.strip(), timezone.localdate(at), Verdict.GIVEN
    inquiry.save(update_fields=["answer", "answered_on", "verdict"])


@transaction.atomic
def judge_reasons(
    *,
    case: DisclosureRequest,
    verdict: str,
    note: str,
    actor: Actor,
    at: datetime,
    later_days: int = 0,
    seen_version: int | None = None,
) -> None:
    """Say whether the reasons are reasonable; `later_days` workdays of delay then wait for approval."""
    inquiry = reasons_of(case)
    if inquiry.verdict not in (Verdict.PENDING, Verdict.GIVEN):
        raise StepRefused("理由已经认定。")
    take_step(
        case,
        "judge_reasons",
        actor=actor,
        at=at,
        seen_version=seen_version,
        verdict=verdict,
        later_days=later_days,
        note=note,
        given=inquiry.verdict == Verdict.GIVEN,
        received=inquiry.received_on is not None,
        answer_by=inquiry.answer_by,
    )
    inquiry.verdict, inquiry.note, inquiry.later_days = verdict, note.strip(), later_days
    inquiry.judged_by_id = actor.account_id
    inquiry.save(update_fields=["verdict", "note", "later_days", "judged_by", "answer_by"])


@transaction.atomic
def postpone(*, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Approve the later date; the applicant is told (延迟答复告知书)."""
    inquiry = reasons_of(case)
    due_before = case.due_on
    take_step(
        case,
        "postpone",
        actor=actor,
        at=at,
        seen_version=seen_version,
        later_days=0 if inquiry.postponed_on else inquiry.later_days,
        judged_by=inquiry.judged_by_id,
        extended=extended_days(case),
    )
    inquiry.postponed_on = timezone.localdate(at)
    inquiry.save(update_fields=["postponed_on"])
    issue(
        case,
        "postponement_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.postponement_notice(case, inquiry.later_days, due_before),
        addressee=case.name,
    )
    tell_applicant(
        case,
        "postponed",
        f"{case.addressed_as}的申请将延迟答复（{case.number}）",
        f"{case.addressed_as}说明的理由合理，因申请数量较多，答复期限延至：{told_day(case.due_on)}。",
        at,
    )
