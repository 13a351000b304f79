"""Stored dates that a mended rule of counting changes: listed, and counted anew one case at a time by a person.

`recount_dates` follows a change of the calendar by itself. A date that differs by the same calendar was counted by a rule
that has been mended since; whoever was told of it may rely on it, so a person decides, with a reason (ADR 0016).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from portal.cases.models import Case, CaseEvent
from portal.cases.periods import BY_RULE, CHUNK, moves
from portal.cases.recounting import DUE_TITLE, Cause, recount_case
from portal.cases.steps import clock_of, running_due
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.core.workdays import WorkdayCalendar
from portal.units.access import actor_for, is_supervisor
from portal.units.choices import Role
from portal.units.models import Account

MOST_REASON = 300


@dataclass(frozen=True)
class MendedDate:
    """A stored date of an open or closed case, and what the rules give now; None for no date.

    `problem` says why the case's clock cannot be counted at all; "" where it can.
    """

    case: Case
    title: str
    before: date | None
    after: date | None
    problem: str = ""


def mended_dates(calendar: WorkdayCalendar) -> Iterator[MendedDate]:
    """Every stored date that differs from what the rules and that calendar give now, in order of coming in.

    The due dates of all cases; of the other stored dates (`StoredPeriod`) those that still decide something.
    """
    others: dict[int, list[MendedDate]] = {}
    found = list(moves(calendar))
    cases = Case.objects.filter(pk__in={key for key, _ in found}).select_related("unit").in_bulk()
    for key, change in found:
        others.setdefault(key, []).append(MendedDate(cases[key], change.title, change.before, change.after))
    clocked = Case.objects.filter(pk__in=Case.objects.filter(clock_entries__isnull=False).values("pk"))
    rows = clocked.select_related("unit").prefetch_related("clock_entries").order_by("pk")
    for case in rows.iterator(chunk_size=CHUNK):
        due = _due(case, calendar)
        if due is not None:
            yield due
        yield from others.pop(case.pk, [])
    for rest in others.values():
        yield from rest


def _due(case: Case, calendar: WorkdayCalendar) -> MendedDate | None:
    try:
        state = clock_of(case, calendar=calendar)
    except ValueError as error:
        return MendedDate(case, DUE_TITLE, case.due_on, None, str(error))
    if state is None or (running_due(case, state), state.provisional) == (case.due_on, case.due_provisional):
        return None
    return MendedDate(case, DUE_TITLE, case.due_on, running_due(case, state))


def apply_mended(
    *, number: str, by: str, reason: str, calendar: WorkdayCalendar, at: datetime
) -> list[CaseEvent]:
    """Count the dates of one case anew by the rules as they are now: an event for each, told as of a moved date.

    `number` is the case's number, `by` the login address of an approver of its unit or of a supervisor. Those who knew
    an older date are told, while the case is open. Raises NotFound for an unknown case or account, StepRefused for
    somebody who may not or where nothing differs, InvalidInput without a reason.
    """
    case = Case.objects.filter(number=number.strip().upper()).first()
    if case is None:
        raise NotFound(f"没有编号为“{number}”的办件。")
    account = Account.objects.filter(email__iexact=by.strip(), is_active=True).first()
    if account is None:
        raise NotFound(f"没有登录邮箱为“{by}”的在用账号。")
    actor = actor_for(account, timezone.localdate(at))
    if not (actor.has_role(case.unit_id, Role.APPROVER) or is_supervisor(actor)):
        raise StepRefused("更正期限须由承办机关的审批人或者监督员决定。")
    if not reason.strip():
        raise InvalidInput("请写明更正期限的理由", "reason")
    cause = Cause(actor, BY_RULE, reason.strip()[:MOST_REASON])
    events = recount_case(case.pk, calendar=calendar, at=at, cause=cause)
    if not events:
        raise StepRefused("本件的期限与现行规则一致，不需要更正。")
    return events
