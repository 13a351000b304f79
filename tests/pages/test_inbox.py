"""The working inbox: lists of one's own, narrowing, saved views, several cases at once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from portal.units.choices import Role
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment, person
from tests.factories import mailbox as letters
from tests.factories.requests_app import handled, in_review, registered

Team = dict[str, Person]
INBOX = reverse("workbench:inbox")


def numbers(browser: Client, **query: Any) -> list[str]:
    """Numbers on the inbox, in order."""
    return [str(case.number) for case in browser.get(INBOX, query).context["page"].rows]


@time_machine.travel(moment("2026-03-02", 15), tick=False)
def test_lists_beside_the_queue(office: Unit, team: Team) -> None:
    hers = in_review(office, team["clerk"])
    free = registered(office, team["clerk"], on="2026-02-12")
    browser = team["clerk"].client()
    assert numbers(browser) == [free.number], "what is in review waits for somebody else"
    assert numbers(browser, due="mine") == [hers.number]
    assert numbers(browser, due="") == [hers.number, free.number]
    assert numbers(browser, due="done") == [hers.number]
    reviewer = team["reviewer"].client()
    assert numbers(reviewer, due="done") == []
    actions.review_reply(case=hers, actor=team["reviewer"].actor, at=moment("2026-03-02", 14))
    assert numbers(reviewer, due="done") == [hers.number]
    menu = browser.get(INBOX).context
    assert (menu["turn"], menu["counts"].own, menu["counts"].all) == (1, 1, 2)


@time_machine.travel(moment("2026-03-12"), tick=False)
def test_list_is_narrowed_by_kind_state_person_and_day(office: Unit, clerk: Person) -> None:
    other = person("other", office, Role.CLERK)
    first = handled(office, clerk, on="2026-02-10")
    second = registered(office, clerk, on="2026-03-03")
    letter = letters.submitted(on="2026-03-11")
    browser = clerk.client()
    everything: dict[str, Any] = {"due": ""}
    assert set(numbers(browser, **everything)) == {first.number, second.number, letter.number}
    assert numbers(browser, **everything, kind="letter") == [letter.number]
    assert numbers(browser, **everything, kind="disclosure", state="registered") == [second.number]
    assert numbers(browser, **everything, officer=clerk.account.pk) == [first.number]
    assert numbers(browser, **everything, officer=other.account.pk) == []
    # 20 working days from 10 February end on 16 March (off 15–23 February, worked 14 and 28), from 3 March on 31 March.
    assert (str(first.due_on), str(second.due_on)) == ("2026-03-16", "2026-03-31")
    assert numbers(browser, **everything, kind="disclosure", until="2026-03-16") == [first.number]
    assert numbers(browser, **everything, by="received", since="2026-03-01") == [second.number]
    assert len(numbers(browser, **everything, kind="nonsense", until="soon")) == 3


@time_machine.travel(moment("2026-03-12"), tick=False)
def test_words_are_found_among_what_is_narrowed(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk, on="2026-02-10")
    browser = clerk.client()
    url = reverse("workbench:find")
    found = browser.post(url, {"words": "梁䶮", "kind": "disclosure"}).context["page"]["rows"]
    assert [row.number for row in found] == [case.number]
    assert browser.post(url, {"words": "梁䶮", "kind": "letter"}).context["page"]["rows"] == []


def test_view_is_saved_under_a_name_and_forgotten(office: Unit, clerk: Person, reviewer: Person) -> None:
    case = handled(office, clerk)
    browser = clerk.client()
    kept = {"name": "我的申请", "in_due": "", "in_kind": "disclosure", "in_words": "梁䶮"}
    browser.post(reverse("workbench:keep_view"), kept)
    view = browser.get(INBOX).context["views"][0]
    assert view.query == "due=&kind=disclosure"
    assert numbers(browser, **dict(pair.split("=") for pair in view.query.split("&"))) == [case.number]
    drop = reverse("workbench:drop_view", args=[view.pk])
    reviewer.client().post(drop)
    assert len(browser.get(INBOX).context["views"]) == 1
    browser.post(drop)
    assert browser.get(INBOX).context["views"] == []


@pytest.fixture
def three(office: Unit, clerk: Person) -> list[DisclosureRequest]:
    return [registered(office, clerk, on="2026-02-10") for _ in range(3)]


def test_many_are_assigned_at_once(office: Unit, clerk: Person, three: list[DisclosureRequest]) -> None:
    other = person("other", office, Role.CLERK)
    letter = letters.submitted(on="2026-02-10")
    asked = clerk.client().post(
        reverse("workbench:many"), {"case": [str(three[0].public_id)], "what": "assign"}
    )
    assert {str(one) for one in asked.context["people"]} == {"clerk", "other"}, "whom, is asked if not told"
    chosen = [str(case.public_id) for case in (*three[:2], letter)]
    sent = {"case": chosen, "what": "assign", "to": other.account.pk, "in_due": ""}
    page = clerk.client().post(reverse("workbench:many"), sent, follow=True)
    assert numbers(other.client(), due="mine") == [case.number for case in three[:2]]
    text = page.content.decode()
    assert "已将2件分办给other。" in text
    assert f"{letter.number}：" in text, "what cannot be given stops no other and is named"


def test_many_of_another_unit_are_left_alone(
    office: Unit, outsider: Person, three: list[DisclosureRequest]
) -> None:
    sent = {"case": [str(case.public_id) for case in three], "what": "assign", "to": outsider.account.pk}
    page = outsider.client().post(reverse("workbench:many"), sent, follow=True)
    assert "请先在列表中勾选办件" in page.content.decode()
    assert {row.officer_id for row in DisclosureRequest.objects.all()} == {None}


def test_many_are_printed_and_exported(clerk: Person, three: list[DisclosureRequest]) -> None:
    browser = clerk.client()
    sent = {"case": [str(case.public_id) for case in three[:2]]}
    page = browser.post(reverse("workbench:many"), sent | {"what": "print"})
    assert [case.number for case in page.context["page"]["rows"]] == [case.number for case in three[:2]]
    table = browser.post(reverse("workbench:many"), sent | {"what": "export"})
    rows = list(load_workbook(BytesIO(table.content)).active.values)
    assert [row[0] for row in rows[3:]] == [case.number for case in three[:2]]
    assert (rows[3][6], rows[3][7]) == ("2026-02-10", "2026-03-16")
