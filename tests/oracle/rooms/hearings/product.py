"""Hearings through their public actions; what is public is read from the pages."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from itertools import count
from typing import Any

import time_machine
from django.urls import reverse

from consultations.hearings import actions, queries
from consultations.hearings.models import Hearing, SignUp
from portal.core.actors import GUEST
from portal.core.errors import NotFound
from portal.publishing import takedown
from tests.oracle.rooms.consultations.product import BACK, WORD
from tests.oracle.rooms.product import Cast, Desk
from tests.oracle.rooms.staff import HOUSING
from tests.oracle.rooms.terms import day_of

_keys = count(1)
NAMES = {"submit": "submit_hearing", "recall": "recall_hearing", "review": "review_hearing", "sign": "announce_hearing",
         "send_back": "return_hearing", "draw": "draw_seats", "hold": "hold_hearing", "submit_report": "submit_report",
         "clear_report": "clear_report", "publish_report": "publish_report", "return_report": "return_report",
         "cancel": "cancel_hearing"}  # fmt: skip
RECORD, REPORT = "参加人认为应当分步调整。", "多数参加人赞成调整方案。"
WORDS = WORD | {
    "hold": {"minutes": RECORD, "present": 2},
    "submit_report": {"report": REPORT},
    "return_report": {"comment": "请补充"},
}


class HearingProduct(Desk):
    """One hearing of the housing bureau, with one group of two seats."""

    def __init__(
        self, cast: Cast, now: datetime, writer: str, sign_up_from: date, sign_up_until: date, held_on: date
    ) -> None:
        own: dict[str, Any] = {
            "sign_up": self.sign_up,
            "leave": self.leave,
            "night": self.night,
            "clear": self.clear,
        }
        own |= {verb: partial(self._plain, getattr(actions, name), verb) for verb, name in NAMES.items()}
        own |= {verb: partial(self._plain, getattr(takedown, verb), verb) for verb in BACK}
        super().__init__(cast, own)
        answers = {"title": "城市供水价格调整", "matter": "拟调整居民生活用水价格。", "place": "红塔区某会议室", "held_on": held_on,
                   "held_at": time(9, 30), "sign_up_from": sign_up_from, "sign_up_until": sign_up_until,
                   "contact_phone": "0877-12345"}  # fmt: skip
        case = actions.open_hearing(answers=answers, groups=[("消费者", 2)], unit=cast.units[HOUSING],
                                    actor=self.actor(writer, day_of(now)), at=now)  # fmt: skip
        self.pk, self.public_id, self.phones = case.pk, case.public_id, dict[str, str]()

    def case(self) -> Hearing:
        """The hearing as it stands."""
        return Hearing.objects.get(pk=self.pk)

    def _plain(self, call: Any, verb: str, who: str, now: datetime) -> None:
        call(case=self.case(), actor=self.actor(who, day_of(now)), at=now, **WORDS.get(verb, {}))

    def clear(self, who: str, now: datetime) -> None:
        """There is no such step."""
        raise NotFound("没有这一步")

    def sign_up(self, who: str, now: datetime, phone: str, written: str) -> None:
        """Somebody signs up, the telephone written in one way or another."""
        case = self.case()
        sent = actions.sign_up(case=case, group=case.groups.get().pk, name="报名人", phone=written, email="", view="",
                               key=f"oracle-sign-up-{next(_keys):08d}", actor=GUEST, at=now)  # fmt: skip
        self.phones[phone] = str(sent.row.pk)

    def leave(self, who: str, now: datetime, phone: str) -> None:
        """Somebody takes the sign-up back."""
        row = SignUp.objects.filter(pk=self.phones.get(phone, 0)).first()
        if row is None or row.place == "withdrawn":
            raise NotFound("没有报名")
        actions.withdraw_sign_up(sign_up_id=row.pk, at=now)

    def night(self, who: str, now: datetime) -> None:
        """The job that fixes lists."""
        actions.fix_ended(at=now)

    # seen -----------------------------------------------------------------------------------------------

    def seen(self, now: datetime) -> dict[str, Any]:
        """What is compared after each step, in the model's words."""
        case, day = self.case(), day_of(now)
        places = list(SignUp.objects.filter(hearing=case).values_list("place", flat=True))
        return {
            "state": case.state,
            "told": self.told({}),
            "public": self._public(now),
            "staff page": self.looked(lambda who: self._opens(who, day)),
            "seats, substitutes": (places.count("seat"), places.count("substitute")),
        }

    def _opens(self, who: str, day: date) -> bool:
        try:
            queries.find_handled(self.actor(who, day), self.public_id)
        except NotFound:
            return False
        return True

    def _public(self, now: datetime) -> dict[str, Any]:
        with time_machine.travel(now, tick=False):
            page = self.browser().get(reverse("hearings:detail", args=[self.public_id]))
            words = page.content.decode()
            home = self.browser().get(reverse("hearings:home")).content.decode()
        return {
            "page": page.status_code,
            "listed": str(self.public_id) in home,
            "record": RECORD in words,
            "report": REPORT in words,
        }

    def finally_seen(self, now: datetime) -> dict[str, Any]:
        """Nothing more."""
        return {"": None}
