"""Correction (条例第三十条): told once, within seven working days; the clock begins anew; silence ends it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.units.models import Unit
from requests_app import actions
from requests_app.choices import State
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled

TERM = date(2026, 3, 19)


def told(unit: Unit, clerk: Person, *, on: str = "2026-02-26", **options: object) -> DisclosureRequest:
    """Received 2026-02-10, told to correct."""
    case = handled(unit, clerk, **options)
    actions.request_correction(
        case=case, unclear="请明确年度", correct_by=TERM, actor=clerk.actor, at=moment(on)
    )
    return case


def test_request_correction_on_seventh_workday_stops_the_clock(office: Unit, clerk: Person) -> None:
    """Received 10 Feb; 14 Feb is worked, 15–23 Feb is 春节: the seventh working day is 26 February."""
    case = told(office, clerk, on="2026-02-26")
    assert (case.state, case.phase, case.due_on) == (State.AWAITING_CORRECTION, "paused", None)
    assert (
        OfficialDocument.objects.get(case=case, kind="correction_notice").facts["correct_by"]
        == "2026年3月19日"
    )


def test_request_correction_on_eighth_workday_is_refused(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    with pytest.raises(StepRefused, match="7个工作日"):
        actions.request_correction(
            case=case, unclear="请明确年度", correct_by=TERM, actor=clerk.actor, at=moment("2026-02-27")
        )


def test_correct_starts_the_period_anew(office: Unit, clerk: Person, citizen: Person) -> None:
    case = told(office, clerk, actor=citizen.actor)
    actions.correct(case=case, text="2025年度", actor=citizen.actor, at=moment("2026-03-02"))
    assert (case.state, case.due_on) == (State.HANDLING, date(2026, 3, 30))
    assert case.received_on == date(2026, 2, 10)


def test_request_correction_twice_is_refused(office: Unit, clerk: Person, citizen: Person) -> None:
    case = told(office, clerk, on="2026-02-12", actor=citizen.actor)
    actions.correct(case=case, text="2025年度", actor=citizen.actor, at=moment("2026-02-13"))
    with pytest.raises(StepRefused, match="一次性"):
        actions.request_correction(
            case=case, unclear="还有", correct_by=TERM, actor=clerk.actor, at=moment("2026-02-14")
        )


@pytest.mark.parametrize(
    ("unclear", "correct_by", "field"),
    [(" ", TERM, "unclear"), ("请明确年度", date(2026, 2, 26), "correct_by")],
)
def test_request_correction_incomplete_is_refused(
    office: Unit, clerk: Person, unclear: str, correct_by: date, field: str
) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput) as refused:
        actions.request_correction(
            case=case, unclear=unclear, correct_by=correct_by, actor=clerk.actor, at=moment("2026-02-26")
        )
    assert refused.value.field == field


def test_lapse_before_the_term_is_over_is_refused(office: Unit, clerk: Person) -> None:
    case = told(office, clerk)
    with pytest.raises(StepRefused, match="尚未届满"):
        actions.lapse(case=case, actor=clerk.actor, at=moment("2026-03-19"))


def test_lapse_closes_with_a_notice(office: Unit, clerk: Person) -> None:
    case = told(office, clerk)
    actions.lapse(case=case, actor=clerk.actor, at=moment("2026-03-20"))
    assert (case.state, case.outcome, case.closed_on) == (State.ABANDONED, "abandoned", date(2026, 3, 20))
    assert "视为" not in str(OfficialDocument.objects.get(case=case, kind="lapse_notice").facts)
    with pytest.raises(StepRefused, match="现为“视为放弃"):
        actions.correct(case=case, text="晚了", actor=clerk.actor, at=moment("2026-03-21"))


def test_correction_by_post_counts_from_the_day_it_came(office: Unit, clerk: Person) -> None:
    case = told(office, clerk)
    actions.correct(
        case=case,
        text="来信：2025年度",
        corrected_on=date(2026, 2, 27),
        actor=clerk.actor,
        at=moment("2026-03-03"),
    )
    assert case.due_on == date(2026, 3, 26), "28 February is worked"


@pytest.mark.parametrize("day", [date(2026, 2, 25), date(2026, 3, 4)])
def test_correction_on_an_impossible_day_is_refused(office: Unit, clerk: Person, day: date) -> None:
    case = told(office, clerk)
    with pytest.raises(InvalidInput):
        actions.correct(
            case=case, text="2025年度", corrected_on=day, actor=clerk.actor, at=moment("2026-03-03")
        )


def test_withdraw_while_correction_is_awaited(office: Unit, clerk: Person, citizen: Person) -> None:
    case = told(office, clerk, actor=citizen.actor)
    actions.withdraw(case=case, reason="", actor=citizen.actor, at=moment("2026-03-02"))
    assert case.state == State.WITHDRAWN


def test_page_shows_what_to_correct_and_takes_it_in(office: Unit, clerk: Person, citizen: Person) -> None:
    case = told(office, clerk, actor=citizen.actor)
    browser = citizen.client()
    page = browser.get(reverse("requests:detail", args=[case.public_id])).content.decode()
    assert "请在2026年3月19日前补正" in page
    assert "请明确年度" in page
    url = reverse("requests:correct", args=[case.public_id])
    empty = browser.post(url, {"text": " ", "version": case.version})
    assert empty.status_code == 400
    assert "请填写补正内容" in empty.content.decode()
    assert browser.post(url, {"text": "2025年度", "version": case.version}).status_code == 302
    assert DisclosureRequest.objects.get(pk=case.pk).state == State.HANDLING


def test_page_of_correction_is_404_for_others(office: Unit, clerk: Person, citizen: Person) -> None:
    case = told(office, clerk)
    url = reverse("requests:correct", args=[case.public_id])
    assert citizen.client().get(url).status_code == 404
    assert Client().post(url, {"text": "x", "version": 1}).status_code == 404


def test_staff_page_tells_to_correct(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    url = reverse("workbench_requests:step", args=[case.public_id, "request-correction"])
    browser = clerk.client()
    assert browser.get(url).status_code == 200
    bad = browser.post(url, {"unclear": "请明确年度", "correct_by": "不是日期", "version": case.version})
    assert bad.status_code == 400
    assert "请明确年度" in bad.content.decode()
