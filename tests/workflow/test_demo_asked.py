"""The demo of hearings, topics and courses: made once, open to the public on the day it is made."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from consultations.courses import demo as courses
from consultations.courses import queries
from consultations.hearings import demo as hearings
from consultations.hearings.models import Hearing
from consultations.proposals import demo as topics
from consultations.proposals.models import ProposalTopic
from portal.cases.ledger import verify_cases
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Account, Unit

PEOPLE = {
    "clerk": Role.CLERK,
    "reviewer": Role.REVIEWER,
    "secrecy": Role.SECRECY_REVIEWER,
    "approver": Role.APPROVER,
    "citizen": None,
}


@pytest.fixture
def demo_people(office: Unit) -> None:
    """The people of the demo, without its requests."""
    for code, role in PEOPLE.items():
        account = Account.objects.create_user(f"{code}@demo.invalid", None, display_name=code)
        if role is not None:
            appoint(account=account, unit=office, role=role, starts_on=date(2020, 1, 1))


def test_demo_is_made_once_and_may_be_used_today(demo_people: None) -> None:
    today = timezone.localdate()
    assert [seed(today) for seed in (hearings.seed, topics.seed, courses.seed)] == [1, 2, 1]
    assert [seed(today) for seed in (hearings.seed, topics.seed, courses.seed)] == [0, 0, 0]
    assert [case.is_running(today) for case in queries.listed(today)] == [True]
    assert Hearing.objects.get().sign_up_from <= today <= Hearing.objects.get().sign_up_until
    assert ProposalTopic.objects.filter(opened_at__isnull=False).count() == 2
    assert list(verify_cases()) == []


def test_without_the_people_nothing_is_made(office: Unit) -> None:
    today = timezone.localdate()
    assert [seed(today) for seed in (hearings.seed, topics.seed, courses.seed)] == [0, 0, 0]
