"""Demo topics, through the real actions: one that the unit named, one that a citizen proposed."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from consultations.polls.demo import Desk
from consultations.proposals import actions
from consultations.proposals.models import ProposalTopic
from portal.units.access import actor_for
from portal.units.models import Account

SAID = (
    "建议把小区周边单位的停车场在夜间和周末错时开放，按次收取少量费用。",
    "老旧小区的绿化带被占用停车，建议统一规划生态车位。",
)


def seed(today: date) -> int:
    """Make the topics once; gives how many (0 the second time, or without the demo people)."""
    citizen = Account.objects.filter(email="citizen@demo.invalid").first()
    if ProposalTopic.objects.exists() or citizen is None:
        return 0
    desk = Desk(today)
    asking = actor_for(citizen, today)
    clerk, approver = desk.people["clerk"], desk.people["approver"]
    with transaction.atomic():
        named = actions.name_topic(
            title="老旧小区停车难怎么办",
            background="市区建成二十年以上的小区普遍缺少车位。请就增加车位、错时共享、停车秩序提出建议。",
            closes_on=today + timedelta(days=20),
            unit=desk.unit,
            actor=clerk,
            at=desk.at(9),
        )
        actions.approve_topic(case=named, actor=approver, at=desk.at(8))
        for number, text in enumerate(SAID):
            actions.suggest(case=named, text=text, actor=asking, at=desk.at(6 - number))
        proposed = actions.propose_topic(
            title="延长图书馆周末开放时间",
            background="周末五点闭馆偏早，建议延长到晚上九点，方便上班的人借阅。",
            unit=desk.unit,
            actor=asking,
            at=desk.at(5),
        )
        actions.accept_topic(case=proposed, actor=clerk, at=desk.at(4))
        actions.support(case=proposed, actor=asking, at=desk.at(3))
    return 2
