"""Assessment of units: computed from the log, frozen, disputed, decided, published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.ledger import verify_cases
from portal.core.errors import InvalidInput, StepRefused
from portal.supervision import actions, figures, queries
from portal.supervision.choices import AssessmentState
from portal.supervision.models import Assessment
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.workflow.test_supervision import fixed, reported

Team = dict[str, Person]
MARCH = date(2026, 3, 1)


@pytest.fixture
def assessed(office: Unit, team: Team, supervisor: Person) -> Assessment:
    """March with one case in time and one late."""
    cases = [reported("2026-03-02", f"k{number}") for number in range(2)]
    fixed(cases[0], team, "2026-03-03")
    fixed(cases[1], team, "2026-03-12")
    return actions.open_assessment(first=MARCH, last=MARCH, actor=supervisor.actor, at=moment("2026-04-02"))


def test_scores_come_from_the_log_and_name_their_evidence(
    assessed: Assessment, office: Unit, supervisor: Person
) -> None:
    line = assessed.lines[str(office.pk)]
    assert line["timeliness"]["score"] == 50.0
    assert line["timeliness"]["evidence"] == ["E2026-00002"]
    assert line["orders"]["score"] is None
    assert line["links"]["score"] == 100.0
    best = queries.ranking(assessed, supervisor.actor)
    assert [row.unit.pk for row in best if row.unit == office] == [office.pk]
    assert list(verify_cases()) == []


def test_it_is_computed_once_by_a_supervisor_for_months_that_are_over(
    assessed: Assessment, team: Team, supervisor: Person
) -> None:
    at = moment("2026-04-02")
    with pytest.raises(InvalidInput, match="已经考核"):
        actions.open_assessment(first=MARCH, last=MARCH, actor=supervisor.actor, at=at)
    with pytest.raises(InvalidInput, match="尚未结束"):
        actions.open_assessment(first=MARCH, last=date(2026, 4, 1), actor=supervisor.actor, at=at)
    with pytest.raises(StepRefused):
        actions.open_assessment(first=MARCH, last=MARCH, actor=team["approver"].actor, at=at)


def test_objections_are_decided_before_it_is_published(
    assessed: Assessment, office: Unit, team: Team, supervisor: Person
) -> None:
    leader = team["approver"].actor
    with pytest.raises(StepRefused):
        actions.object_to(
            case=assessed,
            unit=office,
            indicator="timeliness",
            reason="x",
            actor=team["clerk"].actor,
            at=moment("2026-04-03"),
        )
    with pytest.raises(InvalidInput, match="没有这项指标"):
        actions.object_to(
            case=assessed, unit=office, indicator="no", reason="x", actor=leader, at=moment("2026-04-03")
        )
    made = actions.object_to(
        case=assessed,
        unit=office,
        indicator="timeliness",
        reason="系统故障一天",
        actor=leader,
        at=moment("2026-04-03"),
    )
    with pytest.raises(InvalidInput, match="已经提出"):
        actions.object_to(
            case=assessed,
            unit=office,
            indicator="timeliness",
            reason="再提",
            actor=leader,
            at=moment("2026-04-03"),
        )
    with pytest.raises(StepRefused, match="异议期"):
        actions.publish_assessment(case=assessed, actor=supervisor.actor, at=moment("2026-04-03"))
    with pytest.raises(StepRefused, match="没有决定"):
        actions.publish_assessment(case=assessed, actor=supervisor.actor, at=moment("2026-04-20"))
    with pytest.raises(InvalidInput, match="得分"):
        actions.decide_objection(
            objection=made,
            upheld=True,
            score=None,
            decision="属实",
            actor=supervisor.actor,
            at=moment("2026-04-07"),
        )
    actions.decide_objection(
        objection=made,
        upheld=True,
        score=Decimal("75.0"),
        decision="属实",
        actor=supervisor.actor,
        at=moment("2026-04-07"),
    )
    row = next(row for row in queries.ranking(assessed, supervisor.actor) if row.unit == office)
    assert row.line["timeliness"]["score"] == 75.0
    assert assessed.lines[str(office.pk)]["timeliness"]["score"] == 50.0
    actions.publish_assessment(case=assessed, actor=supervisor.actor, at=moment("2026-04-20"))
    assert assessed.state == AssessmentState.PUBLISHED
    with pytest.raises(StepRefused, match="异议期"):
        actions.object_to(
            case=assessed, unit=office, indicator="links", reason="x", actor=leader, at=moment("2026-04-21")
        )


def test_a_unit_sees_its_own_line_until_it_is_public(
    assessed: Assessment, office: Unit, team: Team, supervisor: Person
) -> None:
    assert [row.unit for row in queries.ranking(assessed, team["clerk"].actor)] == [office]
    assert len(queries.ranking(assessed, supervisor.actor)) > 10
    actions.publish_assessment(case=assessed, actor=supervisor.actor, at=moment("2026-04-20"))
    assert len(queries.ranking(assessed, team["clerk"].actor)) > 10


@given(
    st.dictionaries(st.sampled_from("abcd"), st.one_of(st.none(), st.floats(0, 100)), min_size=1),
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 100)),
)
def test_a_total_lies_between_its_scores(scores: dict[str, float | None], weights: dict[str, int]) -> None:
    line: dict[str, dict[str, Any]] = {code: {"score": score} for code, score in scores.items()}
    total = figures.weighted(line, weights)
    judged = [score for code, score in scores.items() if score is not None and weights.get(code)]
    if not judged:
        assert total is None
    else:
        assert total is not None and min(judged) - 0.1 <= total <= max(judged) + 0.1


def test_pages(
    assessed: Assessment, office: Unit, team: Team, supervisor: Person, citizen: Person, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-03"))
    watching, leader = supervisor.client(), team["approver"].client()
    here = reverse("supervision:assessments")
    assert watching.get(here).status_code == leader.get(here).status_code == 200
    assert citizen.client().get(here).status_code == 403
    assert watching.post(here, {"first": "2026-03", "last": "nonsense"}).status_code == 400
    assert leader.post(here, {"first": "2026-01", "last": "2026-01"}).status_code == 409
    page = reverse("supervision:assessment", args=[assessed.public_id])
    assert office.short_name in leader.get(page).content.decode()
    unit = reverse("supervision:assessment_unit", args=[assessed.public_id, office.code])
    assert "E2026-00002" in leader.get(unit).content.decode()
    assert leader.post(unit, {"indicator": "timeliness", "reason": ""}).status_code == 400
    assert leader.post(unit, {"indicator": "timeliness", "reason": "故障"}).status_code == 302
    foreign = Unit.objects.exclude(pk=office.pk).filter(is_active=True).first()
    assert foreign is not None
    assert (
        leader.get(
            reverse("supervision:assessment_unit", args=[assessed.public_id, foreign.code])
        ).status_code
        == 404
    )
    pk = assessed.objections.get().pk
    decide = reverse("supervision:assessment_decide", args=[assessed.public_id, pk])
    assert leader.post(decide, {"upheld": "no", "decision": "x"}).status_code == 403
    assert watching.post(decide, {"upheld": "no", "decision": ""}).status_code == 400
    assert watching.post(decide, {"upheld": "no", "decision": "理由不成立"}).status_code == 302
    publish = reverse("supervision:assessment_publish", args=[assessed.public_id])
    assert watching.post(publish).status_code == 409
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-20"))
    assert watching.post(publish).status_code == 302
