"""Standing in while somebody is away, and being told by mail what waits."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.actions import send_daily
from portal.messaging.models import Message
from portal.publishing.turns import my_turn
from portal.units.access import actor_for
from portal.units.choices import Role
from portal.units.models import Account, Appointment, Unit
from portal.units.standing import stand_in
from requests_app import actions
from tests.cast import Person, moment, person
from tests.factories.requests_app import handled, in_review

Team = dict[str, Person]
AWAY = reverse("workbench:away")


def away_from_third_to_sixth(absent: Person, by: Account) -> None:
    sent = {"by": by.pk, "starts_on": "2026-03-03", "ends_on": "2026-03-06"}
    assert absent.client().post(AWAY, sent).status_code == 302


@time_machine.travel(moment("2026-03-02", 15), tick=False)
def test_colleague_signs_in_these_days_only_and_the_log_says_for_whom(office: Unit, team: Team) -> None:
    case = in_review(office, team["clerk"])
    stand = person("stand", office, Role.PUBLISHER)
    away_from_third_to_sixth(team["reviewer"], stand.account)
    told = Message.objects.get(account=stand.account)
    assert "2026年3月3日至2026年3月6日" in told.body
    days = ("2026-03-02", "2026-03-03", "2026-03-06", "2026-03-07")
    may = [
        actor_for(stand.account, date.fromisoformat(day)).has_role(office.pk, Role.REVIEWER) for day in days
    ]
    assert may == [False, True, True, False]
    with time_machine.travel(moment("2026-03-03"), tick=False):
        acting = actor_for(stand.account, date(2026, 3, 3))
        assert [row.pk for row in my_turn(acting)] == [case.pk]
        actions.review_reply(case=case, actor=acting, at=moment("2026-03-03"))
    assert case.events.get(kind="review_reply").actor_label == "stand（代reviewer）"


@time_machine.travel(moment("2026-03-02", 15), tick=False)
def test_who_wrote_does_not_sign_by_standing_in(office: Unit, team: Team) -> None:
    case = in_review(office, team["clerk"])
    away_from_third_to_sixth(team["reviewer"], team["clerk"].account)
    acting = actor_for(team["clerk"].account, date(2026, 3, 3))
    assert acting.has_role(office.pk, Role.REVIEWER)
    with time_machine.travel(moment("2026-03-03"), tick=False):
        assert not my_turn(acting).exists()
        with pytest.raises(StepRefused):
            actions.review_reply(case=case, actor=acting, at=moment("2026-03-03"))


@time_machine.travel(moment("2026-03-02", 15), tick=False)
def test_clerks_own_cases_wait_for_the_stand_in(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    other = person("other", office, Role.CLERK)
    assert not my_turn(other.actor).exists()
    away_from_third_to_sixth(team["clerk"], other.account)
    with time_machine.travel(moment("2026-03-04"), tick=False):
        assert [row.pk for row in my_turn(actor_for(other.account, date(2026, 3, 4)))] == [case.pk]
        browser = team["clerk"].client()
        row = browser.get(AWAY).context["mine"][0]
        browser.post(reverse("workbench:back", args=[row.pk]))
        assert not my_turn(actor_for(other.account, date(2026, 3, 4))).exists()
    assert Appointment.objects.get(stands_in_for=team["clerk"].account).ends_on == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-03-01", "2026-03-06", "代理的起始日不能早于今天"),
        ("2026-03-06", "2026-03-05", "终止日不能早于起始日"),
        ("2026-03-03", "2026-06-03", "一次代理最长92天"),
    ],
)
def test_days_that_cannot_be_are_refused(
    clerk: Person, reviewer: Person, first: str, last: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        stand_in(
            absent=clerk.account,
            by=reviewer.account,
            starts_on=date.fromisoformat(first),
            ends_on=date.fromisoformat(last),
            today=date(2026, 3, 2),
        )


def test_nobody_of_another_unit_stands_in(clerk: Person, outsider: Person) -> None:
    sent = {"by": outsider.account.pk, "starts_on": "2099-03-03", "ends_on": "2099-03-06"}
    assert clerk.client().post(AWAY, sent).status_code == 400


@time_machine.travel(moment("2026-03-02", 15), tick=False)
def test_what_waits_is_told_by_mail_as_chosen(office: Unit, team: Team) -> None:
    url = reverse("messages")
    team["reviewer"].client().post(url, {"by_mail": "at_once"})
    team["secrecy"].client().post(url, {"by_mail": "daily"})
    case = in_review(office, team["clerk"])
    at_once = Message.objects.filter(channel="mail")
    assert [(row.address, row.subject) for row in at_once] == [
        ("reviewer@test.invalid", f"依申请公开答复待审核（{case.number}）")
    ]
    actions.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-02", 16))
    assert at_once.all().count() == 1
    assert send_daily(moment("2026-03-03", 8)) == 1
    daily = at_once.order_by("pk").last()
    assert (daily.address, daily.subject) == ("secrecy@test.invalid", "您有1条未读消息")
    assert daily.body == f"依申请公开答复待保密审查（{case.number}）"
    assert send_daily(moment("2026-03-03", 9)) == 0, "once a day"
    team["reviewer"].client().post(url, {"by_mail": ""})
    actions.return_reply(
        case=case, comment="补依据", actor=team["secrecy"].actor, at=moment("2026-03-02", 17)
    )
    assert at_once.all().count() == 2
    assert mail.outbox == []
