"""A demo hearing that people may sign up for, through the real actions."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db import transaction

from consultations.hearings import actions
from consultations.hearings.models import Hearing
from consultations.polls.demo import Desk
from portal.units.models import Account


def seed(today: date) -> int:
    """Make the hearing once; gives how many (0 the second time, or without the demo people)."""
    if Hearing.objects.exists() or not Account.objects.filter(email="clerk@demo.invalid").exists():
        return 0
    desk = Desk(today)
    clerk = desk.people["clerk"]
    answers = {
        "title": "城市公共停车收费标准调整听证会",
        "matter": "拟调整城区路内停车泊位的收费时段和标准，对困难群体减免。",
        "place": "玉溪市人民政府一号会议室",
        "held_on": today + timedelta(days=35),
        "held_at": time(9, 30),
        "sign_up_from": today - timedelta(days=1),
        "sign_up_until": today + timedelta(days=12),
        "contact_phone": "0877-2012345",
    }
    with transaction.atomic():
        case = actions.open_hearing(
            answers=answers,
            groups=[("消费者", 6), ("经营者", 3), ("专家学者", 2)],
            unit=desk.unit,
            actor=clerk,
            at=desk.at(6, 9),
        )
        actions.submit_hearing(case=case, actor=clerk, at=desk.at(6, 11))
        actions.review_hearing(case=case, actor=desk.people["reviewer"], at=desk.at(5))
        actions.announce_hearing(case=case, actor=desk.people["approver"], at=desk.at(4))
    return 1
