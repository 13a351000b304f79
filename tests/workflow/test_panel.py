"""Replies drawn at random and judged by several people; the scores go into the assessment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from portal.cases.ledger import verify_cases
from portal.core.errors import InvalidInput, StepRefused
from portal.supervision import actions
from portal.supervision.figures import scores_of
from portal.supervision.models import Mark, Panel
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.factories.mailbox import Hands, answered, report, staffed  # noqa: F401  fixtures

FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def judges(office: Unit) -> list[Person]:
    """Two people of another unit than the one that answers."""
    education = Unit.objects.get(code="education")
    return [person(f"judge{number}", education, Role.REVIEWER) for number in range(2)]


def drawn(supervisor: Person, judges: list[Person], *, seed: str = "s", per_unit: int = 3) -> Panel:
    """A panel on the replies of February."""
    return actions.open_panel(
        first=FEBRUARY,
        last=FEBRUARY,
        per_unit=per_unit,
        members=[judge.account for judge in judges],
        actor=supervisor.actor,
        at=moment("2026-03-02"),
        seed=seed,
    )


def test_marks_of_two_become_the_units_score(
    hands: Hands, supervisor: Person, judges: list[Person], housing: Unit
) -> None:
    answered(hands)
    panel = drawn(supervisor, judges)
    (sample,) = panel.samples.all()
    assert sample.unit == housing
    assert sample.answer
    at = moment("2026-03-03")
    actions.mark_sample(sample=sample, points=80, remark="", actor=judges[0].actor, at=at)
    with pytest.raises(StepRefused, match="1件不足2人"):
        actions.close_panel(case=panel, actor=supervisor.actor, at=at)
    actions.mark_sample(sample=sample, points=50, remark="", actor=judges[1].actor, at=at)
    actions.mark_sample(sample=sample, points=60, remark="没有写依据", actor=judges[1].actor, at=at)
    assert scores_of(FEBRUARY, FEBRUARY, at)[str(housing.pk)]["quality"]["score"] is None
    actions.close_panel(case=panel, actor=supervisor.actor, at=at)
    entry = scores_of(FEBRUARY, FEBRUARY, at)[str(housing.pk)]["quality"]
    assert (entry["score"], entry["words"]) == (70.0, "抽查1件")
    with pytest.raises(StepRefused, match="已经结束"):
        actions.mark_sample(sample=sample, points=0, remark="", actor=judges[0].actor, at=at)
    assert list(verify_cases()) == []


def test_who_wrote_does_not_reach_the_panel(hands: Hands, supervisor: Person, judges: list[Person]) -> None:
    case = answered(hands)
    (sample,) = drawn(supervisor, judges).samples.all()
    for value in case.personal_values():
        assert value not in sample.question + sample.answer + sample.title


def test_the_same_seed_draws_the_same(hands: Hands, supervisor: Person, judges: list[Person]) -> None:
    for _ in range(4):
        answered(hands)
    picks = [
        list(drawn(supervisor, judges, seed=seed, per_unit=2).samples.values_list("target_id", flat=True))
        for seed in ("a", "a", "b", "c", "d", "e")
    ]
    assert picks[0] == picks[1]
    assert len({tuple(pick) for pick in picks}) > 1


def test_nobody_judges_the_own_unit_and_only_members_judge(
    hands: Hands, supervisor: Person, judges: list[Person], housing: Unit, clerk: Person
) -> None:
    answered(hands)
    own = person("own", housing, Role.CLERK)
    with pytest.raises(InvalidInput, match="外单位"):
        drawn(supervisor, [judges[0], own])
    panel = drawn(supervisor, [*judges, own])
    sample = panel.samples.get()
    for wrong in (own, clerk, supervisor):
        with pytest.raises(StepRefused):
            actions.mark_sample(
                sample=sample, points=1, remark="", actor=wrong.actor, at=moment("2026-03-03")
            )
    with pytest.raises(InvalidInput):
        actions.mark_sample(
            sample=sample, points=101, remark="", actor=judges[0].actor, at=moment("2026-03-03")
        )
    assert not Mark.objects.exists()


def test_nothing_to_draw_too_early_or_by_anybody_else_is_refused(
    hands: Hands, supervisor: Person, judges: list[Person]
) -> None:
    with pytest.raises(InvalidInput, match="没有可以抽查"):
        drawn(supervisor, judges)
    with pytest.raises(InvalidInput, match="至少2名"):
        drawn(supervisor, judges[:1])
    with pytest.raises(StepRefused):
        drawn(judges[0], judges)
    with pytest.raises(InvalidInput, match="尚未结束"):
        actions.open_panel(
            first=FEBRUARY,
            last=date(2026, 3, 1),
            per_unit=1,
            members=[judge.account for judge in judges],
            actor=supervisor.actor,
            at=moment("2026-03-02"),
        )


def test_pages(
    hands: Hands, supervisor: Person, judges: list[Person], clerk: Person, citizen: Person, monkeypatch: Any
) -> None:
    answered(hands)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-02"))
    here, watching, judging = reverse("supervision:panels"), supervisor.client(), judges[0].client()
    asked = {"first": "2026-02", "last": "2026-02", "per_unit": "2"}
    addresses = "\n".join(judge.account.email for judge in judges)
    assert citizen.client().get(here).status_code == 403
    wrong = watching.post(here, {**asked, "members": "nobody@test.invalid"})
    assert wrong.status_code == 400
    assert "没有这名工作人员：nobody@test.invalid" in wrong.content.decode()
    assert judging.post(here, {**asked, "members": addresses}).status_code == 409
    assert watching.post(here, {**asked, "members": addresses}).status_code == 302
    panel = Panel.objects.get()
    page = reverse("supervision:panel", args=[panel.public_id])
    sample = reverse("supervision:sample", args=[panel.public_id, panel.samples.get().pk])
    assert clerk.client().get(page).status_code == 404
    assert judging.get(page).status_code == judging.get(sample).status_code == 200
    assert judging.post(sample, {"points": "abc"}).status_code == 400
    assert judging.post(sample, {"points": "90"}).url == page
    close = reverse("supervision:panel_close", args=[panel.public_id])
    assert judging.post(close).status_code == 403
    assert watching.get(close).status_code == 405
    assert watching.post(close).status_code == 409
    assert judges[1].client().post(sample, {"points": "70", "remark": "好"}).status_code == 302
    assert "70分" in watching.get(sample).content.decode()
    assert watching.post(close).status_code == 302
    assert "80" in watching.get(page).content.decode()
