"""Lead times of hearings by what they are about: draft rules, major decisions, other matters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from consultations.hearings import actions
from consultations.hearings.choices import State
from consultations.hearings.models import Hearing
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.documents.render.pages import page_for
from portal.messaging.models import Message
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.workflow.test_hearing import ANSWERS, GROUPS, announced, sign_up

Team = dict[str, Person]
PAPERS = "决策草案及其说明 https://www.example.gov.cn/papers/1"


def opened(office: Unit, clerk: Person, **changes: Any) -> Hearing:
    """Begun on 2 March 2026, sign-up 9 to 20 March."""
    return actions.open_hearing(
        answers={**ANSWERS, **changes},
        groups=GROUPS,
        unit=office,
        actor=clerk.actor,
        at=moment("2026-03-02"),
    )


@pytest.mark.parametrize(
    ("subject", "held_on", "words"),
    [
        # 规章制定程序条例第十六条: 在举行听证会的30日前公布; 2 March and 30 days are 1 April
        ("rules", date(2026, 3, 31), "举行30日前公布"),
        ("rules", date(2026, 4, 1), ""),
        # 重大行政决策程序暂行条例第十六条: 听证会材料应当于召开听证会7日前送达; sign-up ends on 20 March
        ("decision", date(2026, 3, 27), "召开7日前送达"),
        ("decision", date(2026, 3, 28), ""),
        # other matters: 15 working days after 2 March are 23 March, as before
        ("other", date(2026, 3, 23), ""),
        ("", date(2026, 3, 23), ""),
    ],
)
def test_lead_time_follows_the_subject(
    office: Unit, clerk: Person, subject: str, held_on: date, words: str
) -> None:
    changes = {"subject": subject, "held_on": held_on}
    if not words:
        assert opened(office, clerk, **changes).pk
        return
    with pytest.raises(InvalidInput, match=words) as refused:
        opened(office, clerk, **changes)
    assert refused.value.field == "held_on"


def test_unknown_subject_is_refused(office: Unit, clerk: Person) -> None:
    with pytest.raises(InvalidInput) as refused:
        opened(office, clerk, subject="party")
    assert refused.value.field == "subject"


def test_draft_rules_signed_too_late_are_not_announced(office: Unit, team: Team) -> None:
    """Begun on 2 March for 1 April, signed on 4 March: 28 days."""
    with pytest.raises(StepRefused, match="举行30日前公布"):
        announced(office, team, subject="rules", held_on=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("subject", "basis"),
    [
        ("rules", "《规章制定程序条例》（国务院令第695号）第十六条"),
        ("decision", "《重大行政决策程序暂行条例》"),
    ],
)
def test_notice_names_its_rule(office: Unit, team: Team, subject: str, basis: str) -> None:
    case = announced(office, team, subject=subject)
    paper = OfficialDocument.objects.get(case=case, kind="hearing_notice")
    assert basis in page_for(paper)


def drawn(office: Unit, team: Team, subject: str) -> Hearing:
    """To be held on 10 April 2026, drawn on 23 March with three seats taken of four who signed up."""
    case = announced(office, team, subject=subject)
    for number in (1, 2, 3):
        sign_up(case, number)
    sign_up(case, 4, "经营者")
    actions.draw_seats(case=case, actor=team["clerk"].actor, at=moment("2026-03-23"))
    return case


@pytest.mark.parametrize(("day", "in_time"), [("2026-04-03", True), ("2026-04-04", False)])
def test_papers_of_a_major_decision_arrive_seven_days_before(
    office: Unit, team: Team, day: str, in_time: bool
) -> None:
    """Held on 10 April: 3 April is the last day."""
    case = drawn(office, team, "decision")
    facts: dict[str, Any] = {"case": case, "papers": PAPERS, "actor": team["clerk"].actor}
    if not in_time:
        with pytest.raises(StepRefused, match="已不足7日"):
            actions.send_papers(at=moment(day), **facts)
        return
    actions.send_papers(at=moment(day), **facts)
    assert (case.papers_on, case.state) == (date.fromisoformat(day), State.DRAWN)
    assert Message.objects.filter(subject__contains="听证会材料").count() == 6, "three seats, two ways each"
    with pytest.raises(StepRefused, match="已经送达"):
        actions.send_papers(at=moment(day), **facts)


def test_major_decision_is_not_heard_without_its_papers(office: Unit, team: Team) -> None:
    case = drawn(office, team, "decision")
    facts: dict[str, Any] = {"case": case, "minutes": "笔录", "present": 3, "actor": team["clerk"].actor}
    with pytest.raises(StepRefused, match="没有送达的不能举行"):
        actions.hold_hearing(at=moment("2026-04-10", 15), **facts)
    actions.send_papers(case=case, papers=PAPERS, actor=team["clerk"].actor, at=moment("2026-04-01"))
    actions.hold_hearing(at=moment("2026-04-10", 15), **facts)
    assert case.state == State.HELD


def test_other_hearing_needs_no_papers(office: Unit, team: Team) -> None:
    case = drawn(office, team, "other")
    actions.hold_hearing(
        case=case, minutes="笔录", present=3, actor=team["clerk"].actor, at=moment("2026-04-10", 15)
    )
    assert case.state == State.HELD


def test_pages_ask_for_the_subject_and_show_the_papers(
    office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = drawn(office, team, "decision")
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-01"))
    browser = team["clerk"].client()
    refused = browser.post(reverse("workbench_hearings:new"), {"title": "x"})
    assert refused.context["form"].errors["subject"] == ["请选择事项类别"]
    step = reverse("workbench_hearings:step", args=[case.public_id, "send-papers"])
    empty = browser.post(step, {"papers": " ", "version": case.version})
    assert empty.context["form"].errors["papers"] == ["请填写听证会材料"]
    assert browser.post(step, {"papers": PAPERS, "version": case.version}).status_code == 302
    page = browser.get(reverse("hearings:detail", args=[case.public_id])).content.decode()
    assert "2026年4月1日送达听证参加人" in page and "决策草案及其说明" in page
    staff = browser.get(reverse("workbench_hearings:detail", args=[case.public_id])).content.decode()
    assert "重大行政决策" in staff and "send-papers" not in staff
