"""The pages of figures and of rising topics: who may read what, and where a figure leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    NAME,
    Hands,
    answered,
    handled,
    staffed,
    submitted,
)

NAMES = ("figures", "figure_letters", "figures_xlsx")


def at(name: str, **query: Any) -> str:
    """The address of one of the pages, asked about February 2026."""
    parts = "&".join(f"{key}={value}" for key, value in ({"month": "2026-02"} | query).items())
    return f"{reverse(f'workbench_mailbox:{name}')}?{parts}"


@pytest.mark.parametrize("name", NAMES)
def test_page_is_for_the_own_unit_the_mailbox_office_and_supervisors(
    hands: Hands, supervisor: Person, citizen: Person, client: Client, name: str
) -> None:
    handled(hands)
    figure = {"figure": "received"}
    own, foreign, city = (at(name, unit=code, **figure) for code in ("housing", "city-office", ""))
    assert client.get(own).url.startswith(reverse("account_login"))
    assert citizen.client().get(own).status_code == 403
    for code in ("city-office", "transport", "nowhere"):
        assert hands.clerk.client().get(at(name, unit=code, **figure)).status_code == 404
    browser = hands.clerk.client()
    assert [browser.get(url).status_code for url in (own, foreign, city)] == [200, 404, 200]
    assert browser.post(own).status_code == 405
    for reader in (supervisor, hands.office_clerk):
        browser = reader.client()
        assert [browser.get(url).status_code for url in (own, foreign, city)] == [200, 200, 200]
        assert browser.get(at(name, unit="nowhere", **figure)).status_code == 404
    for wrong in ("2018-01", "2999-01", "x", "2026-13"):
        assert browser.get(at(name, month=wrong, **figure)).status_code == 404


def test_without_a_unit_staff_read_their_own_and_supervisors_the_city(
    hands: Hands, supervisor: Person
) -> None:
    handled(hands)
    submitted()

    def received(person: Person) -> int:
        return int(person.client().get(at("figures")).context["report"].total.cells[0].value)

    assert [received(each) for each in (hands.clerk, hands.office_clerk, supervisor)] == [1, 2, 2]


def test_figure_leads_to_the_letters_behind_it(hands: Hands, supervisor: Person) -> None:
    case = answered(hands)
    submitted()
    browser = supervisor.client()
    page = browser.get(at("figures")).content.decode()
    link = at("figure_letters", unit="housing", figure="answered").replace("&", "&amp;")
    assert f'<a href="{link}">1</a>' in page
    assert "<svg" in page and "<desc" in page and "style=" not in page.split("<main")[1].split("</main>")[0]
    listed = browser.get(at("figure_letters", unit="housing", figure="answered"))
    assert [row.number for row in listed.context["page"].rows] == [case.number]
    assert NAME not in listed.content.decode()
    assert browser.get(at("figure_letters", figure="explode")).status_code == 404


def test_file_is_a_workbook(hands: Hands) -> None:
    response = hands.clerk.client().get(at("figures_xlsx"))
    assert response.content[:2] == b"PK"
    assert response["Content-Disposition"].startswith("attachment")


def test_running_month_says_that_it_is_not_over(hands: Hands) -> None:
    handled(hands)
    with time_machine.travel(moment("2026-02-26"), tick=False):
        page = hands.clerk.client().get(at("figures")).content.decode()
    assert "本月尚未结束" in page


def test_pages_take_as_many_queries_for_one_letter_as_for_three(
    hands: Hands, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser = hands.clerk.client()
    urls = (at("figures"), at("figure_letters", figure="received"))
    handled(hands)
    for url in urls:
        with django_assert_max_num_queries(50) as one:
            browser.get(url)
        more = [handled(hands) for _ in range(2)]
        with django_assert_max_num_queries(len(one)):
            browser.get(url)
        assert len(more) == 2
