"""The reminder ladder: each rung once for each due date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from mailbox import letters, rules
from mailbox.actions.papers import issue_paper
from mailbox.actions.word import tell_unit
from mailbox.choices import AFTER_SCREENING, Rung, State
from mailbox.models import Letter, Reminder
from mailbox.models.unit_steps import SIGN_FOR
from mailbox.queries import ladder, mailbox_office
from portal.cases.steps import take_step
from portal.core.actors import SYSTEM
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import people_with

PAPERS = {Rung.RED: "mailbox_urge", Rung.LEADER: "mailbox_supervise"}
READERS: dict[Rung, tuple[str, ...]] = {
    Rung.YELLOW: (Role.CLERK,),
    Rung.ORANGE: (Role.CLERK, Role.REVIEWER),
    Rung.RED: (Role.CLERK, Role.REVIEWER, Role.APPROVER),
    Rung.LEADER: (Role.APPROVER,),
}


def send_reminders(*, at: datetime) -> int:
    """Climb every rung that is due today, each letter in its own transaction; gives how many reminders went out.

    Nothing is sent on a day off: the next working day catches up. A letter for whose writer's supplement the unit
    waits is left alone until that day has passed.
    """
    today = timezone.localdate(at)
    days = calendar()
    if not days.is_workday(today):
        return 0
    rungs = ladder()
    horizon = days.add(today, max(rungs[Rung.YELLOW], rungs[Rung.ORANGE]))
    due: Iterable[Any] = (
        Letter.objects.filter(closed_on__isnull=True, due_on__lte=horizon, state__in=AFTER_SCREENING)
        .order_by("due_on", "id")
        .values_list("pk", "due_on")
    )
    sent = 0
    for pk, due_on in list(due):
        for rung in rules.rungs_at(today, due_on, rungs, days):
            sent += _climb(pk, due_on, rung, today, at)
    return sent


def send_late_notices(*, at: datetime) -> int:
    """Tell whoever let an internal day pass (screening, sign-for, check), once for each day set; gives how many
    letters were told about. A merged letter waits with its leader. Nothing is sent on a day off.
    """
    today = timezone.localdate(at)
    if not calendar().is_workday(today):
        return 0
    own = Letter.objects.exclude(state=State.MERGED)
    late = own.filter(closed_on__isnull=True, internal_due_on__lt=today).order_by("internal_due_on", "id")
    return sum(_tell_late(pk, today, at) for pk in list(late.values_list("pk", flat=True)))


@transaction.atomic
def _tell_late(pk: int, today: date, at: datetime) -> bool:
    case: Any = Letter.objects.select_for_update().select_related(None).get(pk=pk)
    if case.internal_due_on is None or case.internal_due_on >= today or case.closed_on is not None:
        return False
    what = case.internal_due_for
    unit = case.unit if what == SIGN_FOR else mailbox_office()
    told = [
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:late-{case.internal_due_on}-{case.state}:{account.pk}",
            subject=f"【超过时限】来信尚未{what}（{case.number}）",
            body=f"应于{told_day(case.internal_due_on)}前{what}，请尽快办理。",
            link=reverse("workbench_mailbox:detail", args=[case.public_id]),
            at=at,
        )
        for account in people_with(unit, Role.CLERK, Role.APPROVER, on=today)
    ]
    return any(told)


def _climb(pk: int, due_on: date, rung: Rung, today: date, at: datetime) -> bool:
    if Reminder.objects.filter(letter_id=pk, due_on=due_on, rung=rung).exists():
        return False
    try:
        with transaction.atomic():
            return _remind(pk, due_on, rung, today, at)
    except IntegrityError:
        if Reminder.objects.filter(letter_id=pk, due_on=due_on, rung=rung).exists():
            return False
        raise


def _remind(pk: int, due_on: date, rung: Rung, today: date, at: datetime) -> bool:
    case: Any = Letter.objects.select_for_update().get(pk=pk)
    if case.due_on != due_on or case.state not in AFTER_SCREENING or _waits_for_writer(case, today):
        return False
    unit = case.leader.unit if case.state == State.MERGED and case.leader is not None else case.unit
    row = Reminder.objects.create(letter=case, due_on=due_on, rung=rung, unit=unit, sent_at=at)
    take_step(
        case, "remind", actor=SYSTEM, at=at, rung=rung.value, rung_label=rung.label, unit_name=unit.name
    )
    late = max(calendar().between(due_on, today), 0)
    if rung in PAPERS:
        row.document = issue_paper(
            case,
            PAPERS[rung],
            unit=mailbox_office(),
            actor=SYSTEM,
            at=at,
            facts=letters.reminder(case, due_on, today, late),
            addressee=unit.name if rung == Rung.RED else f"{unit.name}主要负责人",
        )
        row.save(update_fields=["document"])
    _tell(case, unit, rung, due_on, late, at)
    return True


def _waits_for_writer(case: Letter, today: date) -> bool:
    if case.state != State.AWAITING_SUPPLEMENT:
        return False
    return bool(case.supplements.filter(is_open=True, answer_by__gte=today).exists())


def _tell(case: Letter, unit: Unit, rung: Rung, due_on: date, late: int, at: datetime) -> None:
    how = f"已逾期{late}个工作日" if late else f"将于{told_day(due_on)}到期"
    tell_unit(
        case,
        unit,
        READERS[rung],
        f"remind-{rung.value}-{due_on}",
        f"【{rung.label}】信箱来信{how}（{case.number}）",
        "请尽快办理答复。" if rung != Rung.LEADER else "请主要负责人督促办理，并向信箱办公室说明情况。",
        at,
    )
