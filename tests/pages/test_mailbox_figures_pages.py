"""The pages of figures and of rising topics: who may read what, and where a figure leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mailbox import actions
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    NAME,
    Hands,
    accepted,
    answered,
    handled,
    invitation,
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


def test_ratings_stand_on_the_page_from_five_on(hands: Hands) -> None:
    for number in range(5):
        page = hands.clerk.client().get(at("figures")).content.decode()
        assert "解决程度（5分制）" not in page, number
        case = answered(hands)
        actions.rate(invitation=invitation(case), solved=4, attitude=5, at=moment("2026-02-25"))
    page = hands.clerk.client().get(at("figures")).content.decode()
    assert '<td class="figure" data-label="解决程度">4.0</td>' in page


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


def test_rising_topic_is_shown_with_its_letters_and_without_confidential_ones(
    hands: Hands, supervisor: Person
) -> None:
    titles = [f"{place}小区连续停水" for place in ("东风", "玉兰", "荷花", "北苑", "聂耳", "龙马")]
    cases = [submitted(on="2026-02-24", topic=title) for title in titles]
    submitted(on="2026-02-24", topic="东风小区连续停水", confidential=True)
    url = reverse("workbench_mailbox:topics")
    with time_machine.travel(moment("2026-02-26"), tick=False):
        response = hands.office_clerk.client().get(url)
        later = supervisor.client().get(url)
    topic = response.context["topics"][0]
    assert (topic.rise.term, topic.rise.weeks) == ("小区连续停水", (0, 0, 0, 0, 0, 0, 0, 0, 6))
    page = response.content.decode()
    assert all(str(case.number) in page for case in cases)
    assert NAME not in page
    assert [len(each.context["topics"]) for each in (response, later)] == [1, 1]


def test_topics_are_for_the_mailbox_office_and_supervisors(
    hands: Hands, supervisor: Person, citizen: Person, client: Client
) -> None:
    url = reverse("workbench_mailbox:topics")
    assert client.get(url).url.startswith(reverse("account_login"))
    readers = (citizen, hands.clerk, hands.office_clerk, supervisor)
    assert [each.client().get(url).status_code for each in readers] == [403, 403, 200, 200]
    assert hands.office_clerk.client().post(url).status_code == 405
    assert "没有明显增多" in supervisor.client().get(url).content.decode()


def test_assign_page_suggests_units_and_chooses_none(hands: Hands) -> None:
    handled(hands)
    case = accepted(
        hands, case=submitted(topic="小区电梯故障", text="小区电梯经常故障，物业公司一直不维修。")
    )
    url = reverse("workbench_mailbox:step", args=[case.public_id, "assign"])
    response = hands.office_clerk.client().get(url)
    form = response.context["form"]
    hint = form.fields["unit"].help_text
    assert hint.startswith("按职责用语（以往来信不多）推算，依次可能是：玉溪市住房和城乡建设局、")
    assert "%" not in hint, "no shares: a guess from few letters is not certain"
    assert hint in response.content.decode()
    assert form.initial.get("unit") is None
    assert hands.office_clerk.client().post(url, {"version": case.version}).status_code == 400


def test_confidential_letters_teach_the_suggestions_nothing(hands: Hands) -> None:
    from mailbox.queries.routing import unit_hint

    case = accepted(hands, case=submitted(topic="喷泉", text="聂耳喷泉聂耳喷泉聂耳喷泉。"))
    assert unit_hint(case) == ""
    handled(hands, case=submitted(topic="喷泉", text="聂耳喷泉的声音很大很吵。", confidential=True))
    assert unit_hint(case) == ""
    handled(hands, case=submitted(topic="喷泉", text="聂耳喷泉的声音很大很吵。"))
    assert unit_hint(case).startswith("按职责用语（以往来信不多）推算，依次可能是：玉溪市住房和城乡建设局、")
