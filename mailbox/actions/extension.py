"""More time: asked by the clerk, decided by a leader of the unit, told to the writer with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mailbox import letters
from mailbox.actions.papers import issue_paper
from mailbox.actions.word import tell_unit, tell_writer
from mailbox.choices import CONTRIBUTING, Decision, Part
from mailbox.models import Assignment, ExtensionRequest, Letter
from mailbox.queries import term
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.holidays.told import told_day
from portal.units.choices import Role


def _already(case: Letter) -> bool:
    return ExtensionRequest.objects.filter(letter=case, round=case.round, decision=Decision.APPROVED).exists()


def pending(case: Letter) -> ExtensionRequest:
    """The wish that waits for a decision; StepRefused if there is none."""
    found = ExtensionRequest.objects.filter(letter=case, decision=Decision.PENDING).first()
    if found is None:
        raise StepRefused("没有待批准的延期申请。")
    return found


@transaction.atomic
def request_extension(
    *,
    case: Letter,
    days: int,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Ask for so many more working days, within the longest reply period, with a reason for the writer."""
    if actor.account_id is None:
        raise StepRefused("须由本单位经办人提出。")
    lock(case)
    if ExtensionRequest.objects.filter(letter=case, decision=Decision.PENDING).exists():
        raise StepRefused("已有待批准的延期申请。")
    take_step(
        case,
        "request_extension",
        actor=actor,
        at=at,
        seen_version=seen_version,
        days=days,
        reason=reason,
        most=term("reply_most").days,
        already=_already(case),
    )
    ExtensionRequest.objects.create(
        letter=case,
        round=case.round,
        days=days,
        reason=reason.strip(),
        requested_by_id=actor.account_id,
        requested_at=at,
    )
    _tell(
        case,
        Role.APPROVER,
        "待批准",
        f"申请延长{days}个工作日，须在答复期限（{told_day(case.due_on)}）届满前决定。",
        at,
    )


def _tell(case: Letter, role: Role, what: str, body: str, at: datetime) -> None:
    """Tell those of the unit: a wish that is decided too late is lost."""
    tell_unit(case, case.unit, (role,), "extension", f"来信延期申请{what}（{case.number}）", body, at)


@transaction.atomic
def extend(*, case: Letter, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Approve: the period grows, and the writer gets the 延期答复告知书."""
    wish = pending(case)
    due_before = case.due_on
    most = term("reply_most")
    take_step(
        case,
        "extend",
        actor=actor,
        at=at,
        seen_version=seen_version,
        days=wish.days,
        requested_by=wish.requested_by_id,
        most=most.days,
        source=most.source,
        already=_already(case),
    )
    _decide(wish, Decision.APPROVED, actor, at)
    if case.due_on is not None:
        Assignment.objects.filter(letter=case, part=Part.MAIN, state__in=CONTRIBUTING).update(
            due_on=case.due_on
        )
    issue_paper(
        case,
        "mailbox_extension",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.extension(case, wish.days, wish.reason, due_before),
    )
    tell_writer(
        case,
        "extended",
        f"您的来信延期答复（{case.number}）",
        f"延长{wish.days}个工作日，新的答复期限至：{told_day(case.due_on)}。理由见《延期答复告知书》。",
        at,
    )
    _tell(case, Role.CLERK, "已批准", f"新的答复期限至：{told_day(case.due_on)}。", at)


@transaction.atomic
def refuse_extension(*, case: Letter, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
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
    _tell(case, Role.CLERK, "未批准", f"答复期限仍至：{told_day(case.due_on)}。", at)


def drop_pending(case: Letter, at: datetime) -> None:
    """The letter is answered: a wish that nobody decided falls away, decided by nobody."""
    for wish in ExtensionRequest.objects.filter(letter=case, decision=Decision.PENDING):
        wish.decision, wish.decided_at = Decision.REFUSED, at
        wish.save(update_fields=["decision", "decided_at"])


def _decide(wish: ExtensionRequest, decision: Decision, actor: Actor, at: datetime) -> None:
    wish.decision, wish.decided_by_id, wish.decided_at = decision, actor.account_id, at
    wish.save(update_fields=["decision", "decided_by", "decided_at"])
