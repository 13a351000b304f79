"""Demo polls: one open, one with its result published; through the real actions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from consultations.polls import actions
from consultations.polls.models import Poll
from portal.core.actors import Actor
from portal.core.moments import CITY_ZONE
from portal.jobs.outbox import run_due
from portal.units.access import actor_for
from portal.units.models import Account, Unit

PEOPLE = ("clerk", "reviewer", "secrecy", "approver")
QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "kind": "single",
        "title": "您最常用的出行方式",
        "required": True,
        "options": ["公交车", "步行或者自行车", "电动车", "小汽车"],
    },
    {
        "kind": "multiple",
        "title": "开车出行遇到的困难",
        "required": True,
        "options": ["停车难", "早晚高峰拥堵", "停车收费不清楚"],
        "least": 1,
        "most": 2,
        "show_if": {"question": "q1", "option": "o4"},
    },
    {"kind": "rating", "title": "对公共交通的总体评分", "required": True, "least": 1, "most": 5},
    {
        "kind": "matrix",
        "title": "分项满意度",
        "required": False,
        "options": ["满意", "一般", "不满意"],
        "rows": ["准点", "整洁", "服务"],
        "page": 2,
    },
    {"kind": "text", "title": "您的建议", "required": False, "most": 300, "page": 2},
)


class Desk:
    """The demo office of the city, and its people, on a day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.unit = Unit.objects.get(code="city-office")
        self.people: dict[str, Actor] = {
            code: actor_for(Account.objects.get(email=f"{code}@demo.invalid"), today) for code in PEOPLE
        }

    def at(self, days_ago: int, hour: int = 10) -> datetime:
        """A moment that many calendar days ago."""
        return datetime.combine(self.today - timedelta(days=days_ago), time(hour, 30), CITY_ZONE)

    def approved(self, title: str, opens: int, closes: int, **facts: Any) -> Poll:
        """A signed poll that opened so many days ago; `closes` may lie ahead (negative)."""
        answers = {
            "title": title,
            "poll_kind": "survey",
            "intro": "了解市民对公共交通的看法，结果用于安排明年的线路和班次。",
            "opens_on": self.today - timedelta(days=opens),
            "closes_on": self.today - timedelta(days=closes),
            "who": "anyone",
            "secrecy": "hidden",
            "changeable": False,
            "shows_running": False,
            **facts,
        }
        before = opens + 2
        clerk = self.people["clerk"]
        case = actions.open_poll(answers=answers, unit=self.unit, actor=clerk, at=self.at(before, 9))
        for question in QUESTIONS:
            actions.put_question(case=case, question=dict(question), actor=clerk, at=self.at(before, 9))
        actions.submit_poll(case=case, actor=clerk, at=self.at(before, 10))
        actions.review_poll(case=case, actor=self.people["reviewer"], at=self.at(before, 11))
        actions.clear_poll(case=case, actor=self.people["secrecy"], at=self.at(before, 14))
        actions.approve_poll(case=case, actor=self.people["approver"], at=self.at(before - 1, 9))
        return case


def _sheet(number: int) -> dict[str, Any]:
    way = ("o1", "o2", "o3", "o4", "o1")[number % 5]
    sheet: dict[str, Any] = {"q1": way, "q3": (4, 5, 3, 2, 4, 5, 3)[number % 7]}
    if way == "o4":
        sheet["q2"] = ["o1", "o2"] if number % 2 else ["o1"]
    if number % 3 == 0:
        sheet["q4"] = {"r1": "o1", "r2": "o2", "r3": "o1"}
    if number % 4 == 0:
        sheet["q5"] = ("希望增加夜班车", "希望增加夜班车。", "车厢可以更干净一些")[number % 3]
    return sheet


def seed(today: date) -> int:
    """Make the polls once, after the disclosure demo made the people; gives how many (0 the second time)."""
    if Poll.objects.exists() or not Account.objects.filter(email="clerk@demo.invalid").exists():
        return 0
    desk = Desk(today)
    with transaction.atomic():
        desk.approved("玉溪市公共交通满意度调查（第四季度）", 4, -16)
        done = desk.approved("玉溪市公共交通满意度调查（第三季度）", 70, 50)
        for number in range(37):
            voter = actions.Voter(device=f"demo-device-{number}")
            key = f"demo-vote-{number:04d}"
            actions.vote(case=done, sheet=_sheet(number), voter=voter, key=key, at=desk.at(65 - number % 12))
        actions.count_poll(case=done, actor=desk.people["clerk"], at=desk.at(49))
        actions.publish_result(case=done, actor=desk.people["approver"], at=desk.at(47))
    run_due()
    return 2
