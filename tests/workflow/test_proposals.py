"""Topics and suggestions: named by a unit or proposed by a citizen, supported once each, answered by two people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.proposals import actions, queries
from consultations.proposals.choices import State
from consultations.proposals.models import ProposalTopic, Suggestion, Support
from portal.cases.ledger import verify_cases
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StepRefused
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import Person, moment, person, post_step

Team = dict[str, Person]


def proposed(office: Unit, citizen: Person) -> ProposalTopic:
    return actions.propose_topic(
        title="增加夜间公交",
        background="晚上九点后没有公交。",
        unit=office,
        actor=citizen.actor,
        at=moment("2026-03-02"),
    )


def opened(office: Unit, citizen: Person, team: Team) -> ProposalTopic:
    case = proposed(office, citizen)
    actions.accept_topic(case=case, actor=team["clerk"].actor, at=moment("2026-03-03"))
    return case


def answer(case: ProposalTopic, team: Team, on: str) -> None:
    actions.draft_answer(
        case=case, answer="五月起增加两条夜间线路。", actor=team["clerk"].actor, at=moment(on, 9)
    )
    actions.submit_answer(case=case, actor=team["clerk"].actor, at=moment(on, 10))
    actions.clear_answer(case=case, actor=team["secrecy"].actor, at=moment(on, 10))
    actions.publish_answer(case=case, actor=team["approver"].actor, at=moment(on, 11))


def test_enough_support_starts_the_clock_once(
    office: Unit, citizen: Person, team: Team, settings: Any
) -> None:
    settings.PORTAL_PROPOSAL_SUPPORTS = 2
    case = opened(office, citizen, team)
    others = [person(f"supporter-{n}") for n in range(3)]
    assert actions.support(case=case, actor=others[0].actor, at=moment("2026-03-04")) == 1
    assert actions.support(case=case, actor=others[0].actor, at=moment("2026-03-04")) == 1
    case = ProposalTopic.objects.get(pk=case.pk)
    assert case.due_on is None
    for row in others[1:]:
        actions.support(case=case, actor=row.actor, at=moment("2026-03-05"))
        case = ProposalTopic.objects.get(pk=case.pk)
    assert case.due_on == date(2026, 3, 26)
    assert case.events.filter(kind="reach_support").count() == 1
    answer(case, team, "2026-03-20")
    run_due()
    assert case.state == State.ANSWERED
    assert Message.objects.filter(subject__contains="议题已有答复").count() == 4
    assert search("夜间公交").total == 1
    assert list(verify_cases()) == []


def test_units_topic_closes_on_its_day_and_is_answered(office: Unit, citizen: Person, team: Team) -> None:
    case = actions.name_topic(
        title="老旧小区停车",
        background="征集停车管理的办法。",
        closes_on=date(2026, 3, 20),
        unit=office,
        actor=team["clerk"].actor,
        at=moment("2026-03-02"),
    )
    actions.approve_topic(case=case, actor=team["approver"].actor, at=moment("2026-03-02", 15))
    actions.suggest(case=case, text="建议错时共享单位停车场。", actor=citizen.actor, at=moment("2026-03-20"))
    assert actions.close_ended(at=moment("2026-03-20")) == 0
    with pytest.raises(StepRefused, match="不征集建议"):
        actions.suggest(case=case, text="晚了一天的建议。", actor=citizen.actor, at=moment("2026-03-21"))
    assert actions.close_ended(at=moment("2026-03-21")) == 1
    case = ProposalTopic.objects.get(pk=case.pk)
    assert (case.state, case.due_on) == (State.CLOSED, date(2026, 4, 13))
    answer(case, team, "2026-04-01")
    assert case.closed_on == date(2026, 4, 1)


def test_declined_topic_is_seen_by_its_proposer_only(office: Unit, citizen: Person, team: Team) -> None:
    case = proposed(office, citizen)
    assert case.internal_due_on == date(2026, 3, 9)
    with pytest.raises(InvalidInput):
        actions.decline_topic(case=case, reason="because", actor=team["clerk"].actor, at=moment("2026-03-03"))
    actions.decline_topic(case=case, reason="personal", actor=team["clerk"].actor, at=moment("2026-03-03"))
    url = reverse("proposals:detail", args=[case.public_id])
    assert Client().get(url).status_code == 404
    assert person("somebody").client().get(url).status_code == 404
    assert "个人诉求" in citizen.client().get(url).content.decode()


def test_suggestions_keep_to_the_rules(office: Unit, citizen: Person, team: Team) -> None:
    case = opened(office, citizen, team)
    facts: dict[str, Any] = {"case": case, "at": moment("2026-03-05")}
    with pytest.raises(StepRefused, match="请先登录"):
        actions.suggest(text="建议增加班次。", actor=GUEST, **facts)
    for bad in ("好", "请打13800000001找我"):
        with pytest.raises(InvalidInput):
            actions.suggest(text=bad, actor=citizen.actor, **facts)
    first = actions.suggest(text="建议增加班次。", actor=citizen.actor, **facts)
    assert actions.suggest(text="建议增加班次！", actor=citizen.actor, **facts).pk == first.pk
    with pytest.raises(InvalidInput, match="理由"):
        actions.remove_suggestion(suggestion=first, reason=" ", actor=team["clerk"].actor, **facts)
    actions.remove_suggestion(suggestion=first, reason="与议题无关", actor=team["clerk"].actor, **facts)
    url = reverse("proposals:detail", args=[case.public_id])
    words = Client().get(url).content.decode()
    assert "与议题无关" in words
    assert "建议增加班次" not in words


def test_drafter_does_not_sign(office: Unit, citizen: Person, team: Team) -> None:
    case = opened(office, citizen, team)
    actions.draft_answer(case=case, answer="研究中。", actor=team["clerk"].actor, at=moment("2026-03-05"))
    actions.submit_answer(case=case, actor=team["clerk"].actor, at=moment("2026-03-05"))
    with pytest.raises(StepRefused):
        actions.publish_answer(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))


def test_pages(
    office: Unit, citizen: Person, team: Team, outsider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-05"))
    assert Client().get(reverse("proposals:propose")).status_code == 302
    client = citizen.client()
    bad = client.post(reverse("proposals:propose"), {"title": "", "background": "说明", "unit": office.pk})
    assert bad.status_code == 400
    data = {"title": "增加夜间公交", "background": "晚上没有公交。", "unit": office.pk}
    assert client.post(reverse("proposals:propose"), data).status_code == 302
    case = ProposalTopic.objects.get()
    staff = reverse("workbench_proposals:detail", args=[case.public_id])
    assert "采用议题" in team["clerk"].client().get(staff).content.decode()
    assert outsider.client().get(staff).status_code == 404
    step = reverse("workbench_proposals:step", args=[case.public_id, "accept-topic"])
    assert post_step(team["clerk"].client(), step).status_code == 302
    url = reverse("proposals:detail", args=[case.public_id])
    assert case.title in Client().get(reverse("proposals:home")).content.decode()
    assert client.post(url, {"text": "短"}).status_code == 400
    assert client.post(url, {"text": "建议增加两条线路。"}).status_code == 302
    assert Suggestion.objects.count() == 1
    client.post(reverse("proposals:support", args=[case.public_id]))
    client.post(reverse("proposals:support", args=[case.public_id]))
    assert Support.objects.count() == queries.support_count(case) == 1
    new = (
        team["clerk"]
        .client()
        .post(
            reverse("workbench_proposals:new"),
            {"unit": office.pk, "title": "议题", "background": "说明", "closes_on": "2026-03-01"},
        )
    )
    assert new.status_code == 400
    assert "截止日须晚于今天" in new.content.decode()
