"""The stage of the demo: one unit, its people, and dates counted back from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.core.actors import GUEST, Actor
from portal.core.workdays import WorkdayCalendar
from portal.units.models import Account, Unit
from requests_app import actions
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel
from requests_app.letters.opening import goes_online
from requests_app.models import DisclosureRequest

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Scene:
    """`cast` are the unit's people by code: clerk, reviewer, secrecy, approver, publisher."""

    unit: Unit
    cast: dict[str, Actor]
    today: date
    days: WorkdayCalendar

    @property
    def clerk(self) -> Actor:
        """The unit's clerk."""
        return self.cast["clerk"]

    def at(self, day: date, hour: int = 10) -> datetime:
        """A moment of that day in Yuxi, never after now."""
        return datetime.combine(min(day, self.today), time(hour, 23), SHANGHAI)

    def workday_before(self, count: int) -> date:
        """The working day `count` working days before today."""
        day = self.today
        while self.days.between(day, self.today) < count or not self.days.is_workday(day):
            day -= timedelta(days=1)
        return day

    def answers(self, key: str, name: str, description: str) -> dict[str, Any]:
        """What an applicant typed."""
        digits = f"{sum(map(ord, key)):08d}"
        return {
            "applicant_kind": "citizen",
            "organisation_kind": "",
            "name": "李申请",
            "identity_kind": "passport",
            "identity_number": f"E{digits}",
            "phone": f"139{digits}",
            "email": "",
            "address": "云南省玉溪市红塔区示例路99号",
            "postcode": "653100",
            "information_name": name,
            "information_number": "",
            "description": description,
            "form_wanted": "electronic",
            "delivery": "online",
        }

    def handled(
        self, key: str, name: str, description: str, age: int, asker: Actor | None, delivery: str = "online"
    ) -> DisclosureRequest:
        """A request that came `age` working days ago and is in the clerk's hands. The same name, the same asker."""
        day = self.workday_before(age)
        answers = self.answers(name, name, description) | {"delivery": delivery}
        case = actions.submit(
            unit=self.unit,
            answers=answers,
            key=f"demo-{key}-000000",
            actor=asker or GUEST,
            at=self.at(day, 9),
        ).case
        facts: dict[str, Any] = {"channel": Channel.ONLINE, "evidence": "平台确认"}
        actions.register(case=case, received_on=day, actor=self.clerk, at=self.at(day), **facts)
        officer = Account.objects.get(pk=self.clerk.account_id or 0)
        actions.assign(case=case, officer=officer, actor=self.clerk, at=self.at(day, 11))
        return case

    def answer(self, case: DisclosureRequest, day: date, *texts: ReplyText) -> date:
        """Draft, three reviews, send: a working day each; gives the day of sending."""
        for text in texts:
            actions.draft_reply(case=case, text=text, actor=self.clerk, at=self.at(day))
        actions.submit_reply(case=case, actor=self.clerk, at=self.at(day, 11))
        for verb, who in (
            (actions.review_reply, "reviewer"),
            (actions.clear_reply, "secrecy"),
            (actions.sign_reply, "approver"),
            (actions.reply if goes_online(case) else actions.issue_reply, "clerk"),
        ):
            day = self.days.add(day, 1)
            verb(case=case, actor=self.cast[who], at=self.at(day))
        return day
