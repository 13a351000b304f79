"""Ending a request without an answer, and undoing an ending (ADR 16)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.periods import up_to_date
from portal.cases.steps import ended_on, lock, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.documents.actions import issue
from portal.documents.models import DocumentStatus
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.units.models import Unit
from requests_app import letters
from requests_app.actions.extension import spend
from requests_app.actions.receipts import entered_by, receive_by, serve
from requests_app.actions.voiding import (
    end_everything,
    ended_with_it,
    take_copy_back,
    void_ending,
    wait_again,
)
from requests_app.actions.word import tell_applicant
from requests_app.choices import (
    AnewGround,
    ConsultKind,
    FeeState,
    RemedyResult,
    ReopenGround,
    State,
)
from requests_app.models import DisclosureRequest, Reply
from requests_app.models.ending_steps import GOES_ON_IN
from requests_app.models.fee_steps import KEY
from requests_app.queries.receipts import running

ENDING_VERBS = ("lapse", "lapse_fee", "withdraw", "terminate")


@transaction.atomic
def terminate(
    *,
    case: DisclosureRequest,
    reason: str,
    evidence: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """End a request that nobody goes on with, with a paper that names the remedies; an approver who is not in charge."""
    take_step(
        case, "terminate", actor=actor, at=at, seen_version=seen_version, reason=reason, evidence=evidence
    )
    end_everything(case, at)
    paper = issue(
        case,
        "termination_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.termination_notice(case, reason, at),
        addressee=case.name,
    )
    serve(case, paper, at)
    tell_applicant(
        case,
        "terminated",
        f"{case.addressed_as}的申请已终止办理（{case.number}）",
        "理由和救济途径见《终止办理告知书》。由他人继续申请的，请持证明材料与受理机关联系。",
        at,
    )


@transaction.atomic
def reopen(
    *,
    case: DisclosureRequest,
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
    begins_on: date | None = None,
    days: int = 0,
    seen_version: int | None = None,
) -> None:
    """Go on with a request that ended without an answer; its ending papers are void and the applicant is told.

    `mistake`: it waits where it waited, and the clock goes on as if it had not ended. `good_reason`, `review`: the period begins anew on `begins_on` (the
    day the decision was received; the day of `at` without one) with `days` working days (the ordinary period for 0).
    """
    lock(case)
    mistake = ground == ReopenGround.MISTAKE
    before = _state_before(case)
    take_step(
        case,
        "reopen",
        actor=actor,
        at=at,
        seen_version=seen_version,
        ground=ground,
        reason=reason,
        begins_on=begins_on or timezone.localdate(at),
        days=days,
        ended_on=_ending_day(case),
        entered_by=entered_by(case, *ENDING_VERBS),
        back_to=before if mistake and before in GOES_ON_IN else State.HANDLING.value,
        dropped=() if mistake else _no_longer_asked(case),
    )
    void_ending(case, reason)
    if mistake:
        wait_again(case, before)
    else:
        spend(case)
    _run_again(case, actor, at)
    _tell(case, "恢复办理", "此前的告知书作废", at)


@transaction.atomic
def answer_anew(
    *,
    case: DisclosureRequest,
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
    begins_on: date | None = None,
    days: int = 0,
    seen_version: int | None = None,
) -> None:
    """Write a new answer to an answered request: after review or judgment in a period of its own, else in the old one.

    The former answer's paper is void, its public copy is taken down, and the applicant is told.
    """
    lock(case)
    reply = Reply.objects.filter(request=case).select_related("document").first()
    paper = reply.document if reply is not None else None
    day = _ending_day(case)
    take_copy_back(case, "答复重新作出", at)
    take_step(
        case,
        "answer_anew",
        actor=actor,
        at=at,
        seen_version=seen_version,
        ground=ground,
        reason=reason,
        begins_on=begins_on or timezone.localdate(at),
        days=days,
        ended_on=day,
        corrected=case.remedies.filter(result=RemedyResult.CORRECTED, ended_on__gte=day).exists(),
        void=paper is None or paper.status == DocumentStatus.VOID,
        dropped=_no_longer_asked(case) if ground == AnewGround.REVIEW else (),
    )
    void_ending(case, reason)
    if ground == AnewGround.REVIEW:
        spend(case)
    _run_again(case, actor, at)
    _tell(case, "重新答复", "此前的答复文书作废", at)


def _run_again(case: DisclosureRequest, actor: Actor, at: datetime) -> None:
    """Notices that run again keep what came to pass meanwhile: another calendar, a receipt, a page that was opened."""
    for kind, row in running(case):
        up_to_date(kind.period, row, calendar()).save(update_fields=[kind.until])
    for delivery in case.deliveries.filter(delivered_on__isnull=False).select_related("document"):
        receive_by(case, delivery, actor, at)


def _state_before(case: DisclosureRequest) -> str:
    """The state in which the request was when it ended."""
    last = case.events.filter(to_state=case.state).exclude(from_state=case.state).order_by("-seq").first()
    return last.from_state if last is not None else State.HANDLING.value


def _no_longer_asked(case: DisclosureRequest) -> tuple[str, ...]:
    """The clock's keys of the consultations, and of a fee, that ended with the request."""
    keys = [row.clock_key for row in ended_with_it(case) if row.kind != ConsultKind.ASSISTANT]
    unpaid = case.fees.filter(state__in=[FeeState.CANCELLED, FeeState.UNPAID]).exists()
    return (*keys, *((KEY,) if unpaid else ()))


def _ending_day(case: DisclosureRequest) -> date:
    """The day on which the request ended; the day it came in for one that did not."""
    return ended_on(case) or timezone.localdate(case.created_at)


def _tell(case: DisclosureRequest, what: str, void: str, at: datetime) -> None:
    by_when = f"答复期限至：{told_day(case.due_on)}。" if case.due_on is not None else ""
    tell_applicant(
        case,
        "anew",
        f"{case.addressed_as}的申请{what}（{case.number}）",
        f"{case.addressed_as}的申请由本机关{what}，{void}。{by_when}",
        at,
    )


@transaction.atomic
def hand_on(
    *,
    case: DisclosureRequest,
    unit: Unit,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Give an open request of a closed unit to the unit that goes on with its work: a supervisor; the applicant is told."""
    if not unit.is_active or not unit.takes_requests or unit.pk == case.unit_id:
        raise InvalidInput("请选择受理政府信息公开申请的承接机关", "unit")
    take_step(
        case,
        "hand_on",
        actor=actor,
        at=at,
        seen_version=seen_version,
        unit_id=unit.pk,
        unit_name=unit.name,
        active=case.unit.is_active,
        reason=reason,
    )
    tell_applicant(
        case,
        "handed-on",
        f"{case.addressed_as}的申请由{unit.name}继续办理（{case.number}）",
        f"原受理机关已经撤并，{case.addressed_as}的申请由{unit.name}继续办理，答复期限不变。",
        at,
    )
