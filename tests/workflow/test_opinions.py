"""Ratings by unit for everyone (社会评议): sums that never tell whose, however they are subtracted."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mailbox import actions
from portal.supervision.figures import Opinion, opinions
from portal.supervision.figures.months import months_between
from portal.supervision.figures.opinions import FEWEST, _span
from portal.units.models import Unit
from tests.cast import moment
from tests.factories.mailbox import Hands, answered, invitation, staffed  # noqa: F401  fixtures

YEAR = months_between(date(2026, 1, 1), date(2026, 12, 1))
AFTER = date(2027, 2, 1)


def rated(hands: Hands, points: list[int], on: str) -> None:
    """So many letters with these ratings."""
    for mark in points:
        actions.rate(invitation=invitation(answered(hands)), solved=mark, attitude=3, at=moment(on))


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_no_two_published_figures_differ_by_fewer_than_five(counts: list[int]) -> None:
    cells = {month: Opinion(number, number, 0) for month, number in zip(YEAR, counts, strict=True)}
    shown = [_span(cells, [month], AFTER).shown.count for month in YEAR]
    quarters = [_span(cells, YEAR[start : start + 3], AFTER).shown.count for start in range(0, 12, 3)]
    year = _span(cells, YEAR, AFTER).shown.count
    halves = [_span(cells, YEAR[start : start + 6], AFTER).shown.count for start in (0, 6)]
    for number in (*shown, *quarters, year):
        assert number == 0 or number >= FEWEST
    for index, quarter in enumerate(quarters):
        rest = quarter - sum(shown[index * 3 : index * 3 + 3])
        assert rest == 0 or rest >= FEWEST
    assert year - sum(quarters) == 0 or year - sum(quarters) >= FEWEST
    assert halves == [sum(quarters[:2]), sum(quarters[2:])]
    assert year <= sum(counts)


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12), st.integers(1, 12))
def test_a_running_year_shows_no_more_than_its_months_and_quarters(counts: list[int], month: int) -> None:
    cells = {day: Opinion(number, number, 0) for day, number in zip(YEAR, counts, strict=True)}
    today = date(2026, month, 15)
    running = _span(cells, YEAR, today).shown.count
    over = (month - 1) // 3
    quarters = sum(_span(cells, YEAR[each * 3 : each * 3 + 3], today).shown.count for each in range(over))
    single = sum(_span(cells, [day], today).shown.count for day in YEAR[over * 3 : month - 1])
    assert running == quarters + single


def test_ratings_are_shown_from_five_on_after_the_months_end(hands: Hands, housing: Unit) -> None:
    rated(hands, [5, 4, 3, 2], "2026-02-26")
    february, march = date(2026, 2, 1), date(2026, 3, 1)
    assert opinions(february, march, date(2026, 3, 1)) == {}
    rated(hands, [1], "2026-02-27")
    assert opinions(february, march, date(2026, 2, 28)) == {}
    (found,) = opinions(february, march, date(2026, 3, 1)).items()
    assert found == (housing.pk, Opinion(5, 15, 3))
    assert (found[1].rate, found[1].mean) == (60.0, 3.0)


def test_pages_files_and_api_say_the_same(hands: Hands, housing: Unit, monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-02"))
    page, browser = reverse("ratings"), Client()
    assert "还没有可以公布的评价" in browser.get(page).content.decode()
    rated(hands, [5, 4, 3, 2, 1, 1], "2026-02-26")
    assert housing.short_name in browser.get(page).content.decode()
    expected = {"unit": housing.short_name, "ratings": 6, "satisfied": 3, "rate": 50.0, "mean": 2.7}
    found = browser.get(page, {"format": "json"}).json()["rows"]
    assert found == [{**expected, "unit": "合计"}, expected]
    assert browser.get(reverse("api-ratings"), {"year": 2026}).json()["rows"] == found
    text = browser.get(page, {"format": "csv"}).getvalue().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[2] == [housing.short_name, "6", "3", "50.0", "2.7"]
    running = browser.get(reverse("api-ratings"), {"year": 2026, "quarter": 1}).json()["rows"]
    assert running == found
    assert browser.get(reverse("api-ratings"), {"quarter": 9}).status_code == 400


def test_statistics_api_gives_what_the_page_gives(hands: Hands, monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-02"))
    answered(hands)
    browser = Client()
    page = browser.get(reverse("statistics"), {"format": "json"}).json()
    assert browser.get(reverse("api-statistics")).json() == page
    city = page["rows"][0]
    assert (city["unit"], city["received"], city["closed"], city["overdue"]) == ("全市", 1, 1, 0)
    assert browser.get(reverse("api-statistics"), {"year": "x"}).status_code == 400


@pytest.mark.parametrize("name", ["ratings", "statistics"])
def test_a_page_of_nonsense_is_this_years(db: None, name: str) -> None:
    assert Client().get(reverse(name), {"year": "abcd", "quarter": "7"}).status_code == 200
