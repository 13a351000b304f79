"""Law-enforcement results: each month or each second one, or a written reason; advertising and wrong names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from notices import actions, rules
from notices.actions.checking import remarks_on
from notices.models import Column, EnforcementRhythm
from notices.queries.enforcement import enforcement_periods, enforcing_units, results_to_exchange
from notices.watch.models import Link
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.factories.notices import BODY, approved, drafted

Team = dict[str, Person]


@pytest.fixture
def enforcing(office: Unit, team: Team) -> Unit:
    """The office keeps a column of enforcement results."""
    actions.load_catalogue()
    Column.objects.create(unit=office, entry="penalties", title="行政处罚", holds="enforcement")
    return office


def test_each_month_is_published_explained_or_missing(enforcing: Unit, team: Team) -> None:
    case = approved(enforcing, team, entry="penalties", route="business")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-04"))
    now = moment("2026-04-10")
    states = {state.period.title: state for state in enforcement_periods(enforcing, 2026, now)}
    assert list(states) == ["2026年1月", "2026年2月", "2026年3月", "2026年4月"]
    assert [state.is_missing for state in states.values()] == [True, True, False, False]
    leader = team["approver"].actor
    actions.explain_period(
        unit=enforcing, begins_on=date(2026, 1, 1), reason="当月没有处罚决定", actor=leader, at=now
    )
    states = {state.period.title: state for state in enforcement_periods(enforcing, 2026, now)}
    assert not states["2026年1月"].is_missing
    for day, sentence in (
        (date(2026, 1, 1), "已经说明"),
        (date(2026, 3, 1), "已经发布"),
        (date(2026, 5, 1), "没有这个期间"),
        (date(2026, 2, 2), "没有这个期间"),
    ):
        with pytest.raises(InvalidInput, match=sentence):
            actions.explain_period(unit=enforcing, begins_on=day, reason="理由", actor=leader, at=now)
    with pytest.raises(StepRefused):
        actions.explain_period(
            unit=enforcing, begins_on=date(2026, 2, 1), reason="x", actor=team["clerk"].actor, at=now
        )


def test_who_enforces_rarely_publishes_each_two_months(enforcing: Unit) -> None:
    EnforcementRhythm.objects.create(unit=enforcing, months=2, source="政府办公室确认")
    states = enforcement_periods(enforcing, 2026, moment("2026-04-10"))
    assert [state.period.title for state in states] == ["2026年1—2月", "2026年3—4月"]
    assert [state.is_missing for state in states] == [True, False]
    assert rules.periods_of(2026, 2)[-1].ends_on == date(2026, 12, 31)


def test_last_years_results_are_exchanged_in_january(enforcing: Unit, team: Team) -> None:
    case = approved(enforcing, team, entry="penalties", route="business")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-04"))
    assert results_to_exchange(enforcing, date(2026, 12, 31)) == []
    assert [row.article_id for row in results_to_exchange(enforcing, date(2027, 1, 5))] == [case.pk]


def test_the_page(enforcing: Unit, team: Team, monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-10"))
    here = reverse("workbench_notices:enforcement")
    page = team["clerk"].client().get(here).content.decode()
    assert "2026年1月：缺" in page and "登记说明" not in page
    leader = team["approver"].client()
    answers = {"unit": enforcing.pk, "begins_on": "2026-01-01", "reason": ""}
    assert leader.post(here, answers).status_code == 400
    assert leader.post(here, {**answers, "reason": "没有"}).status_code == 302
    assert "2026年1月：已说明" in leader.get(here).content.decode()
    assert enforcing in enforcing_units()
    elsewhere = person("elsewhere", Unit.objects.exclude(pk=enforcing.pk).first(), Role.CLERK)
    assert enforcing.short_name + "</th>" not in elsewhere.client().get(here).content.decode()


@pytest.mark.parametrize("words", ["加微信咨询优惠", "扫码领取红包", "限时优惠三天", "全场八折"])
def test_advertising_blocks(office: Unit, team: Team, words: str) -> None:
    case = drafted(office, team["clerk"], body=f"{BODY}\n{words}")
    assert any(remark.blocks and "广告" in remark.sentence for remark in remarks_on(case))


@pytest.mark.parametrize(
    "words", ["关注政务微信公众号。", "优惠政策的说明。", "招商引资工作会议。", "打折扣执行的情况。"]
)
def test_ordinary_words_are_no_advertising(words: str) -> None:
    assert rules.advertising_in(words) == []


def test_old_and_wrong_names_are_shown_to_a_person(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"], body=f"{BODY}\n澄江县和抚先湖。")
    said = [remark for remark in remarks_on(case) if "应为" in remark.sentence]
    assert {remark.sentence[:11] for remark in said} == {"“澄江县”应为“澄江市", "“抚先湖”应为“抚仙湖"}
    assert not any(remark.blocks for remark in said)


def test_dead_links_block(office: Unit, team: Team) -> None:
    Link.objects.create(url="https://dead.example/x", host="dead.example", state="dead")
    case = drafted(office, team["clerk"], body=f"{BODY}\n见https://dead.example/x。")
    assert any(remark.blocks and "链接打不开" in remark.sentence for remark in remarks_on(case))
