"""The annual report on the screen: every rung of the ladder, and what is behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.units.models import Unit
from requests_app.models import AnnualFigure
from tests.cast import Person
from tests.factories.annual import Story, Team, until_2025
from tests.factories.requests_app import NAME, submitted


@pytest.fixture
def story(office: Unit, housing: Unit, team: Team) -> Story:
    """Everything up to the end of 2025."""
    return until_2025(office, housing, team)


def at(name: str, **query: Any) -> str:
    """The address of one of the report's pages."""
    parts = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse(f'workbench_annual:{name}')}?{parts}"


NAMES = ("report", "cases", "xlsx", "pdf")
FIGURE = {"row": "new", "column": "total"}


@pytest.mark.parametrize("name", NAMES)
def test_page_is_for_the_own_unit_and_for_supervisors(
    story: Story, clerk: Person, supervisor: Person, citizen: Person, client: Client, name: str
) -> None:
    own, foreign, city = (at(name, year=2025, unit=code, **FIGURE) for code in ("city-office", "housing", ""))
    assert client.get(own).url.startswith(reverse("account_login"))
    assert citizen.client().get(own).status_code == 403
    browser = clerk.client()
    assert [browser.get(url).status_code for url in (own, foreign, city)] == [200, 404, 200]
    assert browser.post(own).status_code == 405
    browser = supervisor.client()
    assert [browser.get(url).status_code for url in (own, foreign, city)] == [200, 200, 200]
    assert browser.get(at(name, year=2025, unit="nowhere", **FIGURE)).status_code == 404
    for wrong in ("2018", "3000", "x", "２０２５"):
        assert browser.get(at(name, year=wrong, **FIGURE)).status_code == 404


def test_without_a_unit_staff_read_their_own_and_supervisors_the_city(
    story: Story, clerk: Person, outsider: Person, supervisor: Person
) -> None:
    def new(person: Person) -> int:
        return int(person.client().get(at("report", year=2025)).context["totals"][0][2])

    assert [new(somebody) for somebody in (clerk, outsider, supervisor)] == [10, 1, 11]


def test_figure_on_the_page_links_to_the_requests_behind_it(story: Story, clerk: Person) -> None:
    browser = clerk.client()
    page = browser.get(at("report", year=2025)).content.decode()
    assert "恒等式核对：通过" in page
    link = at("cases", year=2025, unit="city-office", row="refused_state_secret", column="person")
    assert f'<a href="{link.replace("&", "&amp;")}">1</a>' in page
    listed = browser.get(link)
    assert [case.number for case in listed.context["page"].rows] == [story["refused"].number]
    assert NAME not in listed.content.decode()
    contested = browser.get(at("cases", year=2025, row="lawsuit_after", column="pending"))
    assert [row.request.number for row in contested.context["page"].rows] == [story["refused"].number]
    assert browser.get(at("cases", year=2025, row="new", column="upheld")).status_code == 404


def test_list_behind_a_figure_takes_as_many_queries_for_one_as_for_three(
    office: Unit, clerk: Person, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser = clerk.client()
    url = at("cases", year=2025, **FIGURE)
    submitted(office, on="2025-02-10")
    with django_assert_max_num_queries(50) as one:
        browser.get(url)
    for _ in range(2):
        submitted(office, on="2025-02-10")
    with django_assert_max_num_queries(len(one)):
        assert len(browser.get(url).context["page"].rows) == 3


def test_fill_page_is_for_the_units_clerks(
    office: Unit, clerk: Person, reviewer: Person, supervisor: Person, outsider: Person
) -> None:
    url = at("fill", year=2025, unit="city-office")
    found = [person.client().get(url).status_code for person in (clerk, reviewer, supervisor, outsider)]
    assert found == [200, 403, 403, 404]
    assert outsider.client().post(url, {"licences_decided": "1"}).status_code == 404
    assert AnnualFigure.objects.count() == 0


def test_fill_page_saves_and_shows_what_was_entered(office: Unit, clerk: Person) -> None:
    browser = clerk.client()
    url = at("fill", year=2025, unit="city-office")
    wrong = browser.post(url, {"licences_decided": "-1", "fees_charged": "1.23456", "overview": "总体平稳"})
    assert wrong.status_code == 400
    assert set(wrong.context["form"].errors) == {"licences_decided", "fees_charged"}
    saved = browser.post(url, {"licences_decided": "7", "fees_charged": "0.5", "overview": "总体平稳。"})
    assert saved.url == at("report", year=2025, unit="city-office")
    page = browser.get(saved.url).content.decode()
    assert "总体平稳。" in page
    assert "0.5" in page
    assert browser.get(url).context["form"].initial["licences_decided"] == 7
