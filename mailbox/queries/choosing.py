"""What the forms let people choose from."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from mailbox.choices import CONTRIBUTING, KIND, OFFICE, Part, State
from mailbox.models import AnswerTemplate, Assignment, Letter
from portal.cases.models import Case
from portal.search.casebook import alike
from portal.units.choices import HANDLING_ROLES, Role
from portal.units.models import Account, Appointment, Unit

LEADING_STATES = (
    State.ACCEPTED,
    State.ASSIGNED,
    State.RETURNED,
    State.HANDLING,
    State.AWAITING_SUPPLEMENT,
    State.DRAFTED,
)


def answering_units() -> QuerySet[Unit]:
    """Active units that answer letters, in the official order: offices and departments."""
    return Unit.objects.filter(is_active=True, kind__in=["office", "department"]).order_by("sort", "id")


def unstaffed(on: date) -> frozenset[int]:
    """Ids of the units in which nobody is appointed to take letters in hand on that day."""
    held = Appointment.objects.in_force(on).filter(role=Role.CLERK, account__is_active=True)
    rows = answering_units().exclude(pk__in=held.values("unit_id"))
    return frozenset(rows.values_list("pk", flat=True))


def equal_letters(case: Letter) -> list[tuple[Letter, int]]:
    """(letter, likeness in %) of open letters that say nearly the same, the likest first; nothing of confidential ones."""
    if case.confidential:
        return []
    among = Case.objects.open().filter(kind=KIND).exclude(pk=case.pk)
    found = alike(case, among)
    letters: Any = Letter.objects.filter(pk__in=found, confidential=False).select_related("unit")
    pairs: list[tuple[Letter, int]] = [(row, found[row.pk]) for row in letters]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0].pk))


def assisting_parts(case: Letter) -> QuerySet[Assignment]:
    """Contributions that are still waited for."""
    return Assignment.objects.filter(letter=case, part=Part.ASSIST, state__in=CONTRIBUTING).select_related(
        "unit"
    )


def is_possible_leader(leader: Letter) -> bool:
    """True if another letter may be merged into it."""
    return leader.state in LEADING_STATES and leader.leader_id is None and not leader.identity_closed


def possible_readers(case: Letter, on: date | None = None) -> QuerySet[Account]:
    """People who work in the mailbox office or in the unit that handles the letter: on that day, ever without one."""
    terms = Appointment.objects.all() if on is None else Appointment.objects.in_force(on)
    wanted = Q(unit__code=OFFICE)
    if case.main_unit_id is not None:
        wanted |= Q(unit_id=case.main_unit_id)
    held = terms.filter(wanted, role__in=HANDLING_ROLES)
    return Account.objects.filter(is_active=True, pk__in=held.values("account_id")).order_by("id")


def named_readers(case: Letter) -> QuerySet[Account]:
    """Those who may know now who wrote, the first named first."""
    return Account.objects.filter(pk__in=case.named_readers.values("account")).order_by("id")


def templates_for(case: Letter) -> QuerySet[AnswerTemplate]:
    """The templates in use for this kind of letter, and those for all kinds."""
    return AnswerTemplate.objects.filter(Q(letter_kind="") | Q(letter_kind=case.letter_kind), is_active=True)
