"""More time: asked by the clerk, decided by the head of the disclosure office, told to the applicant."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.documents.actions import issue
from portal.holidays.told import told_day
from requests_app import letters
from requests_app.actions.naming import refuse_parties_named
from requests_app.actions.word import tell_applicant
from requests_app.choices import Decision
from requests_app.models import DisclosureRequest, ExtensionRequest, ReasonsInquiry


def _already(case: DisclosureRequest) -> bool:
    return ExtensionRequest.objects.filter(request=case, decision=Decision.APPROVED).exists()


def _postponed(case: DisclosureRequest) -> bool:
    return ReasonsInquiry.objects.filter(request=case, postponed_on__isnull=False).exists()


def extended_days(case: DisclosureRequest) -> int:
    """The working days by which the running period has been extended."""
    return sum(case.extensions.filter(decision=Decision.APPROVED).values_list("days", flat=True))


def spend(case: DisclosureRequest) -> None:
    """The period has begun anew: what was asked for or given for the former one no longer counts."""
    case.extensions.filter(decision__in=[Decision.APPROVED, Decision.PENDING]).update(decision=Decision.SPENT)


def pending(case: DisclosureRequest) -> ExtensionRequest:
    """The wish that waits for a decision; StepRefused if there is none."""
    found = ExtensionRequest.objects.filter(request=case, decision=Decision.PENDING).first()
    if found is None:
        raise StepRefused("没有待批准的延期申请。")
    return found


@transaction.atomic
def request_extension(
    *,
    case: DisclosureRequest,
    days: int,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Ask for up to 20 more working days, with a reason that the applicant will be told."""
    if actor.account_id is None:
        raise StepRefused("须由本机关经办人提出。")
    if ExtensionRequest.objects.filter(request=case, decision=Decision.PENDING).exists():
        raise StepRefused("已有待批准的延期申请。")
    refuse_parties_named(case, reason=reason)
    take_step(
        case,
        "request_extension",
        actor=actor,
        at=at,
        seen_version=seen_version,
        days=days,
        reason=reason,
        already=_already(case),
        postponed=_postponed(case),
    )
    ExtensionRequest.objects.create(
        request=case, days=days, reason=reason.strip(), requested_by_id=actor.account_id, requested_at=at
    )


@transaction.atomic
def extend(*, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Approve: the clock grows, the applicant gets the 延期答复告知书."""
    wish = pending(case)
    due_before = case.due_on
    take_step(
        case,
        "extend",
        actor=actor,
        at=at,
        seen_version=seen_version,
        days=wish.days,
        requested_by=wish.requested_by_id,
        already=_already(case),
        postponed=_postponed(case),
    )
    _decide(wish, Decision.APPROVED, actor, at)
    issue(
        case,
        "extension_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.extension_notice(case, wish.days, wish.reason, due_before),
        addressee=case.name,
    )
    tell_applicant(
        case,
        "extended",
        f"{case.addressed_as}的申请答复期限已延长（{case.number}）",
        f"延长{wish.days}个工作日，新的答复期限至：{told_day(case.due_on)}。理由见《延期答复告知书》。",
        at,
    )


@transaction.atomic
def refuse_extension(
    *, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Do not approve; the period stays as it is."""
    wish = pending(case)
    take_step(
        case,
        "refuse_extension",
        actor=actor,
        at=at,
        seen_version=seen_version,
        requested_by=wish.requested_by_id,
    )
    _decide(wish, Decision.REFUSED, actor, at)


def _decide(wish: ExtensionRequest, decision: Decision, actor: Actor, at: datetime) -> None:
    wish.decision, wish.decided_by_id, wish.decided_at = decision, actor.account_id, at
    wish.save(update_fields=["decision", "decided_by", "decided_at"])
