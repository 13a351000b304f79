"""Polls through their public actions; what is public is read from the pages."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import partial
from typing import Any

import time_machine
from django.urls import reverse

from consultations.polls import actions
from consultations.polls.models import Ballot, Poll
from consultations.polls.queries import find_handled
from portal.core.errors import NotFound
from portal.publishing import takedown
from tests.oracle.rooms.consultations.product import BACK, WORD
from tests.oracle.rooms.product import Cast, Desk
from tests.oracle.rooms.staff import HOUSING
from tests.oracle.rooms.terms import day_of

NAMES = {"submit": "submit_poll", "recall": "recall_poll", "review": "review_poll", "clear": "clear_poll",
         "send_back": "return_poll", "sign": "approve_poll", "cancel": "cancel_poll", "publish_result": "publish_result"}  # fmt: skip
QUESTION = {"kind": "single", "title": "您怎样出行？", "required": True, "options": ["公交", "步行", "开车"]}


class PollProduct(Desk):
    """One poll of the housing bureau."""

    def __init__(
        self,
        cast: Cast,
        now: datetime,
        writer: str,
        who: str,
        changeable: bool,
        secrecy: str,
        opens_on: date,
        closes_on: date,
    ) -> None:
        own: dict[str, Any] = {"vote": self.vote, "night": self.night, "make_more": self.make_more}
        own |= {verb: partial(self._plain, getattr(actions, name), verb) for verb, name in NAMES.items()}
        own |= {verb: partial(self._plain, getattr(takedown, verb), verb) for verb in BACK}
        super().__init__(cast, own)
        answers = {"title": "公共交通满意度调查", "poll_kind": "survey", "intro": "了解市民对公共交通的看法。", "opens_on": opens_on,
                   "closes_on": closes_on, "who": who, "secrecy": secrecy, "changeable": changeable, "shows_running": False}  # fmt: skip
        actor = self.actor(writer, day_of(now))
        case = actions.open_poll(answers=answers, unit=cast.units[HOUSING], actor=actor, at=now)
        actions.put_question(case=case, question=dict(QUESTION), actor=actor, at=now)
        self.pk, self.public_id = case.pk, case.public_id

    def case(self) -> Poll:
        """The poll as it stands."""
        return Poll.objects.get(pk=self.pk)

    def _plain(self, call: Any, verb: str, who: str, now: datetime) -> None:
        call(case=self.case(), actor=self.actor(who, day_of(now)), at=now, **WORD.get(verb, {}))

    def make_more(self, who: str, now: datetime) -> None:
        """Another question, which nobody has to answer."""
        question = {"kind": "text", "title": "还想说什么", "required": False, "most": 200}
        actions.put_question(case=self.case(), question=question, actor=self.actor(who, day_of(now)), at=now)

    def vote(self, who: str, now: datetime, device: str, account: str, option: str, key: str) -> None:
        """A vote by a device, an account or both."""
        account_id = self.cast.accounts[account].pk if account else None
        voter = actions.Voter(account_id=account_id, device=device, address="198.51.100.7")
        actions.vote(case=self.case(), sheet={"q1": option}, voter=voter, key=key, at=now)

    def night(self, who: str, now: datetime) -> None:
        """The job that counts."""
        actions.close_ended(at=now)

    # seen -----------------------------------------------------------------------------------------------

    def seen(self, now: datetime) -> dict[str, Any]:
        """What is compared after each step, in the model's words."""
        day = day_of(now)
        return {
            "state": self.case().state,
            "told": self.told({}),
            "public": self._public(now),
            "staff page": self.looked(lambda who: self._opens(who, day)),
            "votes kept": Ballot.objects.filter(poll=self.pk).count(),
        }

    def _opens(self, who: str, day: date) -> bool:
        try:
            find_handled(self.actor(who, day), self.public_id)
        except NotFound:
            return False
        return True

    def _get(self, name: str, *args: Any) -> Any:
        return self.browser().get(reverse(name, args=args))

    def _public(self, now: datetime) -> dict[str, Any]:
        with time_machine.travel(now, tick=False):
            looks = {
                "page": lambda: self._get("polls:detail", self.public_id).status_code,
                "listed": lambda: str(self.public_id) in self._get("polls:home").content.decode(),
                "api": lambda: str(self.public_id) in json.dumps(self._get("api-polls").json()),
                "result": self._result,
                "api result": lambda: self._get("api-poll-result", self.public_id).status_code,
            }
            loud = self.last_verb in ("sign", "take_down", "restore", "night", "publish_result", "cancel")
            return {name: looks[name]() for name in (looks if loud else list(looks)[self.turn % 3 :: 3])}

    def _result(self) -> tuple[int, dict[str, int]]:
        page = self._get("polls:json", self.public_id)
        if page.status_code != 200:
            return page.status_code, {}
        data = json.loads(b"".join(page.streaming_content) if page.streaming else page.content)["data"]
        options = data["questions"][0]["options"]
        return 200, {row["id"]: row["count"] for row in options}

    def finally_seen(self, now: datetime) -> dict[str, Any]:
        """Nothing more."""
        return {"": None}
