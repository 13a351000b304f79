"""Orders through their public actions."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from portal.core.errors import NotFound
from portal.holidays.calendars import calendar
from portal.supervision import actions, queries
from portal.supervision.models import SupervisionOrder
from tests.oracle.rooms.product import Cast, Desk
from tests.oracle.rooms.staff import HOUSING
from tests.oracle.rooms.terms import day_of

WORD = {
    "report_back": {"report": "已经整改。"},
    "close_order": {"verdict": "整改到位。"},
    "return_order": {"reason": "情况不明"},
    "recall_order": {"reason": "发错单位"},
}


class OrderProduct(Desk):
    """One order to the housing bureau."""

    def __init__(self, cast: Cast, now: datetime, sort: str, issuer: str) -> None:
        super().__init__(cast, {verb: partial(self._plain, verb) for verb in WORD})
        actor = self.actor(issuer, day_of(now))
        case = actions.issue_order(
            sort=sort, demand="请尽快办理。", unit=cast.units[HOUSING], actor=actor, at=now
        )
        self.pk, self.public_id = case.pk, case.public_id

    def _plain(self, verb: str, who: str, now: datetime) -> None:
        case = SupervisionOrder.objects.get(pk=self.pk)
        getattr(actions, verb)(case=case, actor=self.actor(who, day_of(now)), at=now, **WORD[verb])

    def seen(self, now: datetime) -> dict[str, Any]:
        """What is compared after each step, in the model's words."""
        case, day = SupervisionOrder.objects.get(pk=self.pk), day_of(now)
        rows = queries.by_unit(day, calendar())
        return {
            "state": case.state,
            "due": case.due_on,
            "overdue on the board": sum(row["overdue"] for row in rows),
            "told": self.told({}),
            "staff page": self.looked(lambda who: self._opens(who, day)),
        }

    def _opens(self, who: str, day: date) -> bool:
        try:
            queries.find_order(self.actor(who, day), self.public_id)
        except NotFound:
            return False
        return True

    def finally_seen(self, now: datetime) -> dict[str, Any]:
        """Nothing more."""
        return {"": None}
