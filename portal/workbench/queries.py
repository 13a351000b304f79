"""What the inbox shows: the lists of one person, and what a list is narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from portal.cases import queries
from portal.cases.models import Case, CaseEvent, CaseQuerySet
from portal.cases.registry import KINDS
from portal.core.actors import Actor, ActorKind
from portal.core.workdays import WorkdayCalendar
from portal.publishing.turns import my_turn
from portal.units.access import units_of
from portal.units.choices import HANDLING_ROLES
from portal.units.models import Account, Unit
from portal.units.queries import people_of, units_by_id
from portal.workbench.models import SavedView

TURN, MINE, DONE, FOLLOW_UP = "turn", "mine", "done", "follow_up"
RECEIVED = "received"


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed by; empty parts leave it as it is. The days are the last day to act, or of receipt."""

    kind: str = ""
    state: str = ""
    officer: int | None = None
    unit: int | None = None
    since: date | None = None
    until: date | None = None
    by: str = ""

    def of(self, cases: CaseQuerySet) -> CaseQuerySet:
        """The cases that are left."""
        day = "received_on" if self.by == RECEIVED else "act_by"
        wanted: dict[str, Any] = {
            "kind": self.kind,
            "state": self.state,
            "officer_id": self.officer,
            "unit_id": self.unit,
            f"{day}__gte": self.since,
            f"{day}__lte": self.until,
        }
        return cases.filter(**{name: value for name, value in wanted.items() if value not in ("", None)})


def under_me(actor: Actor) -> CaseQuerySet:
    """我经办的: open cases whose officer the person is."""
    return Case.objects.handled_by(actor).open().filter(officer_id=actor.account_id)


def done_by(actor: Actor) -> CaseQuerySet:
    """已办: cases of the person's units, open or closed, in which she took a step and none is hers now; the newest step first."""
    hers = CaseEvent.objects.filter(
        case_id=OuterRef("pk"), actor_id=actor.account_id, actor_kind=ActorKind.STAFF
    )
    waiting = my_turn(actor).order_by().values("pk")
    return Case.objects.handled_by(actor).filter(Exists(hers)).exclude(pk__in=waiting)


def rows_of(
    chosen: str, actor: Actor, turn: CaseQuerySet, today: date, calendar: WorkdayCalendar
) -> CaseQuerySet:
    """The cases of one of the lists, in its order; `turn` is what waits for the person."""
    if chosen == TURN:
        return turn.for_lists().due_first()
    if chosen == MINE:
        return under_me(actor).for_lists().due_first()
    if chosen == DONE:
        return done_by(actor).for_lists().order_by(F("closed_on").desc(nulls_first=True), "-id")
    if chosen == FOLLOW_UP:
        return queries.follow_up(actor)
    return queries.narrow(queries.inbox(actor), chosen, today, calendar)


def own_units(actor: Actor) -> list[Unit]:
    """The units in which the actor handles cases, to choose from; none where there is nothing to choose."""
    held = units_of(actor)
    return list(units_by_id(held)) if len(held) > 1 else []


def colleagues(actor: Actor, on: date) -> QuerySet[Account]:
    """Everybody who handles cases in one of the actor's units."""
    return people_of(units_of(actor), *HANDLING_ROLES, on=on)


def chosen_cases(actor: Actor, keys: Iterable[str]) -> list[Any]:
    """Those of the cases of the actor's units that are named by their public ids, what is due first comes first."""
    return list(Case.objects.handled_by(actor).filter(public_id__in=list(keys)).for_lists().due_first())


def saved_views(actor: Actor) -> QuerySet[SavedView]:
    """The person's saved ways to narrow the inbox."""
    return SavedView.objects.filter(account_id=actor.account_id or 0)


def named(cases: Iterable[Any]) -> None:
    """Give each case the words and the address that its row shows."""
    for case in cases:
        kind = KINDS[case.kind]
        case.kind_title, case.staff_url = kind.title, kind.staff_url
        case.state_text = kind.state_labels[case.state]
