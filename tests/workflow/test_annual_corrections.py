"""Annual reports of units that were closed, and reports that are mended after they were accepted or published (条例第四十九条、第五十条)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from portal.cases.proving import everything
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role
from portal.units.models import Appointment, Unit
from requests_app.annual.entered import entered
from requests_app.annual.figures import figures
from requests_app.annual.rows import NEW, TOTAL
from requests_app.annual.snapshot import of_json
from requests_app.returns import actions, corrections, queries
from requests_app.returns.choices import CLOSED, CityState, State
from requests_app.returns.models import AnnualReturn, CityReport
from tests.cast import Person, moment, person
from tests.factories.annual import GIVEN, Team, answer, by_post
from tests.workflow.test_annual_returns import AT, WORDS, YEAR, filled

LATER = moment("2026-04-01")


def returned(unit: Unit, team: Team) -> AnnualReturn:
    """Handed in for 2025 with two requests."""
    answer(unit, team, GIVEN, on="2025-03-03", done="2025-03-14")
    answer(unit, team, GIVEN, on="2025-11-03", done="2025-11-12")
    filled(unit, team["clerk"])
    return actions.submit(unit=unit, year=YEAR, reason="", actor=team["approver"].actor, at=AT)


def published(unit: Unit, team: Team, supervisor: Person) -> tuple[AnnualReturn, CityReport]:
    """The unit's report and the city's, public on 2026-03-20."""
    case = returned(unit, team)
    actions.accept_return(case=case, actor=supervisor.actor, at=AT)
    city = actions.merge(year=YEAR, texts=WORDS, actor=supervisor.actor, at=AT)
    actions.publish(
        case=city, missing_reason="机构改革", actor=team["approver"].actor, at=moment("2026-03-20")
    )
    case.refresh_from_db()
    return case, city


def late_letter(unit: Unit, clerk: Person) -> None:
    """A letter that came on 2025-12-29 turns up on 2026-03-30."""
    by_post(unit, clerk, received="2025-12-29", entered_on="2026-03-30")


# a unit that was closed -------------------------------------------------------------------------------------


def closed(unit: Unit, clerk: Person) -> None:
    """One request of 2025, answered in nobody's time; closed in 2026 with all its appointments."""
    by_post(unit, clerk, received="2025-11-03", entered_on="2025-11-04")
    Unit.objects.filter(pk=unit.pk).update(is_active=False)
    Appointment.objects.filter(unit=unit).update(ends_on=date(2026, 1, 2))
    unit.refresh_from_db()


def test_unit_closed_after_the_year_is_asked_and_named(
    housing: Unit, office: Unit, supervisor: Person
) -> None:
    """条例第四十九条: housing had one request in 2025 and was closed in January 2026; of 2026 it does not report."""
    closed(housing, person("housing-clerk", housing, Role.CLERK))
    assert housing in [line.unit for line in queries.collection(YEAR, date(2026, 1, 20))]
    assert housing in queries.missing(YEAR)
    assert housing.short_name in entered(YEAR).missing
    assert housing not in queries.missing(2024)
    Unit.objects.filter(code="education").update(is_active=False)
    assert "education" not in {unit.code for unit in queries.missing(YEAR)}, "it had nothing in the year"


def test_requests_of_a_closed_unit_stay_in_the_sum(
    housing: Unit, office: Unit, team: Team, supervisor: Person
) -> None:
    """Live count of the city 3 (two of the office, one of housing): merged 3, with housing named as missing."""
    closed(housing, person("housing-clerk", housing, Role.CLERK))
    _, city = published(office, team, supervisor)
    assert of_json(city.data).table2[NEW, TOTAL] == figures(YEAR).table2[NEW, TOTAL] == 3
    assert f"{housing.short_name}{CLOSED}" in city.missing
    page = Client().get(reverse("annual_reports:city", args=[YEAR])).content.decode()
    assert f"已撤销的机关没有报送，其申请件数由平台计入：{housing.short_name}。" in page


def test_supervisor_reports_for_a_closed_unit(
    housing: Unit, office: Unit, team: Team, supervisor: Person
) -> None:
    """Nobody is left in housing: a supervisor fills in, hands in and accepts; it is not missing any more."""
    filled(office, team["clerk"])
    with pytest.raises(StepRefused):
        actions.submit(unit=office, year=YEAR, reason="", actor=supervisor.actor, at=AT)
    closed(housing, person("housing-clerk", housing, Role.CLERK))
    filled(housing, supervisor)
    with pytest.raises(StepRefused):
        actions.submit(unit=housing, year=YEAR, reason="", actor=team["approver"].actor, at=AT)
    case = actions.submit(unit=housing, year=YEAR, reason="", actor=supervisor.actor, at=AT)
    actions.accept_return(case=case, actor=supervisor.actor, at=AT)
    assert housing not in queries.missing(YEAR)


# after it was accepted or published ---------------------------------------------------------------------------


def test_accepted_report_is_sent_back_and_the_city_adds_up_again(
    office: Unit, team: Team, supervisor: Person
) -> None:
    """Accepted and merged with 2 requests; sent back, handed in with 3: the older sum is not published."""
    case = returned(office, team)
    actions.accept_return(case=case, actor=supervisor.actor, at=AT)
    city = actions.merge(year=YEAR, texts=WORDS, actor=supervisor.actor, at=AT)
    actions.send_back(case=case, reason="少一件", actor=supervisor.actor, at=moment("2026-03-10"))
    assert (case.state, case.internal_due_on) == (State.RETURNED, date(2026, 3, 13))
    with pytest.raises(StepRefused, match="重新汇总"):
        actions.publish(case=city, missing_reason="机构改革", actor=team["approver"].actor, at=AT)
    late_letter(office, team["clerk"])
    actions.submit(unit=office, year=YEAR, reason="", actor=team["approver"].actor, at=moment("2026-03-31"))
    case.refresh_from_db()
    actions.accept_return(case=case, actor=supervisor.actor, at=moment("2026-03-31"))
    city = actions.merge(year=YEAR, texts=WORDS, actor=supervisor.actor, at=moment("2026-03-31"))
    assert of_json(city.data).table2[NEW, TOTAL] == 3


def test_published_report_is_corrected_with_a_reason_that_the_page_shows(
    office: Unit, team: Team, supervisor: Person
) -> None:
    """Public with 2 requests on 2026-03-20, corrected to 3 on 2026-04-01, the unit's and then the city's."""
    case, city = published(office, team, supervisor)
    with pytest.raises(StepRefused, match="没有需要更正"):
        corrections.correct_return(case=case, reason="核对", actor=team["approver"].actor, at=LATER)
    late_letter(office, team["clerk"])
    with pytest.raises(StepRefused):
        corrections.correct_return(case=case, reason="漏登一件", actor=team["clerk"].actor, at=LATER)
    for reason, words in (("", "请写明更正理由"), ("电话13812345678", "个人信息")):
        with pytest.raises(InvalidInput, match=words):
            corrections.correct_return(case=case, reason=reason, actor=team["approver"].actor, at=LATER)
    corrections.correct_return(case=case, reason="漏登来信一件", actor=team["approver"].actor, at=LATER)
    assert case.state == State.PUBLISHED
    versions = [
        (row.number, of_json(row.data).table2[NEW, TOTAL], row.correction) for row in case.versions.all()
    ]
    assert versions == [(2, 3, "漏登来信一件"), (1, 2, "")]
    own = reverse("annual_reports:unit", args=[YEAR, office.code])
    said = "本报告于2026年4月1日更正：漏登来信一件。"
    assert said in Client().get(own).content.decode()
    assert said in Client().get(own, {"format": "json"}).json()["note"]
    whole = reverse("annual_reports:city", args=[YEAR])
    assert "更正" not in Client().get(whole).content.decode()
    corrections.correct_report(case=city, reason="市政府办公室更正", actor=team["approver"].actor, at=LATER)
    assert city.state == CityState.PUBLISHED
    assert of_json(city.data).table2[NEW, TOTAL] == 3
    assert [of_json(row.data).table2[NEW, TOTAL] for row in city.versions.all()] == [2]
    assert "本报告于2026年4月1日更正：市政府办公室更正。" in Client().get(whole).content.decode()
    assert [finding for finding in everything() if "摘要" in finding.reason] == []


def test_pages_offer_the_correction_to_those_who_sign(
    office: Unit, team: Team, supervisor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, city = published(office, team, supervisor)
    late_letter(office, team["clerk"])
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    page = f"{reverse('workbench_returns:submit')}?year={YEAR}&unit={office.code}"
    leader = team["approver"].client()
    detail = reverse("workbench_returns:detail", args=[case.public_id])
    assert "更正已公布的报告" in leader.get(detail).content.decode()
    assert "更正已公布的报告" not in supervisor.client().get(detail).content.decode()
    assert "更正已公布的报告" in leader.get(page).content.decode()
    assert "更正已公布的报告" not in team["clerk"].client().get(page).content.decode()
    assert team["clerk"].client().post(page, {"reason": "漏登"}).status_code == 409
    assert leader.post(page, {"reason": ""}).status_code == 400
    assert leader.post(page, {"reason": "漏登一件"}).status_code == 302
    whole = reverse("workbench_returns:city_detail", args=[city.public_id])
    assert supervisor.client().post(whole, {"reason": "漏登"}).status_code == 409
    assert leader.post(whole, {"reason": "漏登一件"}).status_code == 302
    assert "更正：漏登一件" in Client().get(reverse("annual_reports:city", args=[YEAR])).content.decode()
