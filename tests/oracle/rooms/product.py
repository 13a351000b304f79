"""Everybody's accounts in the rooms, messages read anew, steps tried and undone. Only the `product.py` files import the product."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.test import Client

from portal.core.actors import Actor, ActorKind
from portal.core.errors import PortalError
from portal.holidays.calendars import calendar
from portal.messaging.models import Message
from portal.supervision.figures.months import compute_all
from portal.units.access import actor_for
from portal.units.actions import appoint, load_organisation
from portal.units.choices import Role
from portal.units.models import Account, Unit
from tests.cast import SINCE
from tests.oracle.browsers import new_browser
from tests.oracle.rooms.staff import CITIZENS, HOUSING, OFFICE, OFFICES, PEOPLE, TRANSPORT
from tests.oracle.rooms.terms import Looked, Step, day_of, months

UNITS = {OFFICE: "city-office", HOUSING: "housing", TRANSPORT: "transport"}
BACKEND = "django.contrib.auth.backends.ModelBackend"
OFFICIAL, PHONE = "经某", "13800000001"
logging.getLogger("django.request").setLevel(
    logging.ERROR
)  # pages that are not there are looked for on purpose


class Cast:
    """The accounts of everybody, made once."""

    def __init__(self) -> None:
        load_organisation()
        self.units = {name: Unit.objects.get(code=code) for name, code in UNITS.items()}
        self.unit_names = {unit.pk: name for name, unit in self.units.items()}
        self.accounts = {name: self._account(name) for name in (*PEOPLE, *CITIZENS)}
        self.people = {account.pk: name for name, account in self.accounts.items()}
        for person, unit, role in OFFICES:
            appoint(account=self.accounts[person], unit=self.units[unit], role=Role(role), starts_on=SINCE)

    @staticmethod
    def _account(name: str) -> Account:
        return Account.objects.create_user(f"{name}@oracle.invalid", None, display_name=f"{OFFICIAL}{name}氏")


class Desk:
    """What every room does alike; `verbs` are the room's own, each called with step, actor and moment."""

    def __init__(self, cast: Cast, verbs: dict[str, Callable[..., Any]]) -> None:
        self.cast, self.verbs = cast, verbs
        self.actors: dict[tuple[str, date], Actor] = {}
        self.last = self.turn = 0
        self.last_verb = ""
        self.forget_messages()

    def looked(self, sees: Callable[[str], bool], own: str = "") -> Looked:
        """A few people in turn, and who of them sees it; all of them come up within some steps."""
        self.turn += 1
        people = [who for number, who in enumerate(PEOPLE) if (number + self.turn) % 5 == 0 and who != own]
        return Looked(frozenset(people), frozenset(who for who in people if sees(who)))

    def actor(self, who: str, day: date) -> Actor:
        """The actor behind that person on that day; citizens act as citizens."""
        key = (who, day)
        if key not in self.actors:
            account = self.cast.accounts[who]
            citizen = Actor(ActorKind.CITIZEN, "来信人", account.pk)
            self.actors[key] = citizen if who in CITIZENS else actor_for(account, day)
        return self.actors[key]

    def take(self, step: Step, now: datetime, keep: bool) -> str | None:
        """None if the step was accepted (undone again unless `keep`), else the refusal."""
        self.forget_messages()
        self.last_verb = step.verb
        if step.verb == "appointment":
            return self._appointment(now, **step.facts)
        try:
            with transaction.atomic():
                self.verbs[step.verb](step.who, now, **step.facts)
                if not keep:
                    transaction.set_rollback(True)
        except PortalError as error:
            return f"{type(error).__name__}: {error}"
        except Exception as error:
            return f"CRASH {type(error).__name__}: {error}"
        return None

    def _appointment(self, now: datetime, person: str, unit: str, role: str, runs: bool) -> None:
        until = None if runs else date.fromordinal(day_of(now).toordinal() - 1)
        rows = self.cast.accounts[person].appointments.filter(unit=self.cast.units[unit], role=role)
        assert rows.update(ends_on=until) == 1
        self.actors.clear()

    def forget_messages(self) -> None:
        """What was sent until now has been read."""
        newest = Message.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.last = newest or 0

    def told(self, outside: dict[str, str]) -> set[str]:
        """Who got a message since; `outside` names people by address, anybody else stands under the address."""
        found = set()
        for row in Message.objects.filter(pk__gt=self.last):
            name = self.cast.people.get(row.account_id or 0)
            found.add(name or outside.get(row.address, row.address))
        return found

    def browser(self, who: str = "") -> Client:
        """A browser in which that person is logged in; nobody without a name."""
        client = new_browser()
        if who:
            client.force_login(self.cast.accounts[who], backend=BACKEND)
        return client


def month_figures(kind: str, began: date, today: date) -> dict[tuple[date, bool], tuple[int, int, int, int]]:
    """(month, second handling) → received, carried, closed, open of all units together."""
    firsts = [end.replace(day=1) for end in months(began, today)]
    found = {}
    for month, lines in compute_all(firsts, calendar(), today).items():
        for again in (False, True):
            rows = [line for line in lines if line.kind == kind and line.again == again]
            sums = tuple(
                sum(getattr(row, name) for row in rows) for name in ("received", "carried", "closed", "open")
            )
            if any(sums):
                found[month, again] = sums
    return found


def answered_late(kind: str, began: date, today: date) -> tuple[int, int]:
    """How many ends were answers or late, and how many of them late."""
    firsts = [end.replace(day=1) for end in months(began, today)]
    lines = [
        row for rows in compute_all(firsts, calendar(), today).values() for row in rows if row.kind == kind
    ]
    judged = sum(row.judged or 0 for row in lines)
    return judged, judged - sum(row.in_time for row in lines)
