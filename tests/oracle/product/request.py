"""One request in the product."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.db import transaction

from portal.core.actors import GUEST, PARTY, Actor, ActorKind
from portal.core.errors import PortalError
from portal.messaging.models import Message
from portal.units.access import actor_for
from requests_app import actions
from requests_app.actions.offline import PaperReceipt
from requests_app.models import DisclosureRequest
from tests.cast import moment
from tests.factories.calendar import recounted
from tests.oracle.product.pages import Pages
from tests.oracle.product.people import ACCOUNTS, Cast, answers
from tests.oracle.product.verbs import VERBS
from tests.oracle.product.views import Views

_keys = count(1)


class Product(Views, Pages):
    """One request in the product."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.actors: dict[str, Actor] = {}
        self.letters = 0
        self.account = ""
        self.code = ""
        self.off: list[date] = []
        self.paths: dict[int, str] = {}
        self.browser = self.former = None
        self.now: DisclosureRequest | None = None

    # the applicant and the rest ------------------------------------------------------------------------

    def begin(self, *, way: str, day: date, unit: str, received_on: date | None, agent: bool) -> None:
        """A request comes in: online by an account or a guest, or on paper, entered by a clerk."""
        self.account = ACCOUNTS.get(way, "")
        facts = {
            "unit": self.cast.units[unit],
            "answers": answers(way, agent),
            "key": f"oracle-submission-key-{next(_keys):08d}",
            "at": moment(day, 9),
        }
        if way == "landline":
            receipt = PaperReceipt("in_person", received_on or day, "凭据")
            clerk = self.actor("clerk" if unit == "office" else "outsider", day)
            submitted = actions.enter(receipt=receipt, actor=clerk, **facts)
        else:
            actor = self.actor("applicant", day)
            submitted = actions.submit(actor=actor, **facts)
        self.pk, self.code = submitted.case.pk, submitted.code
        self.letters = _last_message()

    def actor(self, who: str, day: date) -> Actor:
        """The actor behind that person on that day; the applicant acts as a citizen, a guest as a guest."""
        if who == "applicant":
            if not self.account:
                return GUEST
            return Actor(ActorKind.CITIZEN, "申请人", self.cast.accounts[self.account].pk)
        if who.startswith("party:"):
            return PARTY
        key = f"{who}{day}"
        if key not in self.actors:
            self.actors[key] = actor_for(self.cast.accounts[who], day)
        return self.actors[key]

    def case(self) -> DisclosureRequest:
        """The case as it stands."""
        return DisclosureRequest.objects.get(pk=self.pk)

    def take(
        self, verb: str, who: str, facts: dict[str, Any], day: date, hour: int, keep: bool, seen: int | None
    ) -> str | None:
        """Take the step: None if it was accepted (and undone again unless `keep`), else the refusal's sentence."""
        if verb == "open_page":
            return self.open_page(day) or None
        case = self.now if self.now is not None else self.case()
        self.now = None
        call = VERBS[verb](case, **facts)
        with_version = {"seen_version": seen} if seen is not None else {}
        try:
            with transaction.atomic():
                result = call(case=case, actor=self.actor(who, day), at=moment(day, hour), **with_version)
                if not keep:
                    transaction.set_rollback(True)
        except PortalError as error:
            self.now = None
            return f"{type(error).__name__}: {error}"
        except Exception as error:
            self.now = None
            return f"CRASH {type(error).__name__}: {error}"
        if keep and verb == "succeed":
            self.succeeded(result)
        if keep and verb == "consult" and isinstance(result, str):
            self.paths[len(self.paths)] = result
        return None

    # the world ------------------------------------------------------------------------------------------

    def appointment(self, person: str, unit: str, role: str, until: date | None) -> None:
        """An appointment ends, or runs on."""
        rows = self.cast.accounts[person].appointments.filter(unit=self.cast.units[unit], role=role)
        assert rows.update(ends_on=until) == 1
        self.actors.clear()

    def notice(self, day: date, off: date) -> None:
        """The State Council's notice changes: one more day off, and every stored date is counted anew."""
        self.off.append(off)
        recounted(*self.off, at=moment(day, 20))
        self.now = None


def _last_message() -> int:
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0
