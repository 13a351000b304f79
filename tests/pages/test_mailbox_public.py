"""What everyone may read of the letter box, and the staff's pages that put it there."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mailbox import actions, queries
from mailbox.choices import State
from mailbox.models import Letter
from portal.holidays.calendars import calendar
from portal.jobs.outbox import run_due
from portal.publishing.models import Release
from portal.web.caching import PUBLIC
from tests.cast import Person, moment, post_step
from tests.factories.mailbox import (  # noqa: F401  fixtures
    COPY,
    NAME,
    Desk,
    Hands,
    accepted,
    answered,
    cleared,
    day,
    handled,
    proposed,
    published,
    publishing_desk,
    staffed,
    submitted,
)

LIST = "/mailbox/published/"
NOW = moment("2026-03-02")


def another(hands: Hands, desk: Desk, title: str, **changes: Any) -> Letter:
    """One more published letter."""
    case = answered(hands, case=handled(hands, case=submitted(name="张伟", **changes)))
    return published(hands, desk, case=case, on="2026-02-26", title=title)


def page(client: Client, address: str = LIST, **asked: str) -> str:
    """The public list as it is read on 2 March 2026."""
    with time_machine.travel(NOW, tick=False):
        response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


def test_list_is_public_newest_first_and_filters_by_get(hands: Hands, desk: Desk, client: Client) -> None:
    published(hands, desk)
    another(hands, desk, "公租房申请条件", letter_kind="inquiry", place="tonghai")
    text = page(client)
    assert text.index("公租房申请条件") < text.index(COPY["title"])
    for asked, shown, hidden in (
        ({"kind": "inquiry"}, "公租房申请条件", COPY["title"]),
        ({"place": "hongta"}, COPY["title"], "公租房申请条件"),
        ({"unit": "housing", "year": "2026"}, COPY["title"], "没有符合条件"),
        ({"year": "2025"}, "没有符合条件的来信", COPY["title"]),
        ({"unit": "transport"}, "没有符合条件的来信", COPY["title"]),
    ):
        text = page(client, **asked)
        assert shown in text and hidden not in text, asked
    assert NAME not in page(client)
    assert COPY["title"] in page(client, kind="nonsense", year="x", page="x")
    assert client.get(LIST)["Cache-Control"] == PUBLIC
    assert client.post(LIST).status_code == 405


def test_nothing_is_listed_before_it_is_published(hands: Hands, desk: Desk, client: Client) -> None:
    cleared(hands, desk)
    assert "还没有公开的来信" in page(client)
    assert page(client, reverse("mailbox:similar"), q="路口夜间照明") == '{"results": []}'


def test_list_takes_as_many_queries_for_three_letters_as_for_one(
    hands: Hands, desk: Desk, client: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    published(hands, desk)
    page(client)
    cache.clear()
    with CaptureQueriesContext(connection) as one:
        page(client)
    another(hands, desk, "公租房申请条件")
    another(hands, desk, "公积金提取办法")
    cache.clear()
    with django_assert_num_queries(len(one)):
        page(client)


def test_most_asked_and_the_median_of_a_unit(hands: Hands, desk: Desk, client: Client) -> None:
    another(hands, desk, "只有一人问的")
    leader = handled(hands)
    other = accepted(hands, case=submitted(name="李四", phone="13900000002", email=""))
    actions.merge(case=leader, members=[other], actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    published(hands, desk, case=answered(hands, case=leader))
    text = page(client)
    section = text[text.index("大家都在问") : text.index("最新公开")]
    assert COPY["title"] in section and "2 封来信同一答复" in section and "只有一人问的" not in section
    assert "大家都在问" not in page(client, unit="housing")
    # 10 February to 24 February 2026: 11, 12, 13, 14 (worked for the Spring Festival), 24 February.
    found = queries.speeds(day("2026-03-02"), calendar())
    assert [(row.unit, row.days, row.count) for row in found] == [(hands.unit.short_name, 5.0, 3)]
    assert queries.speeds(day("2027-03-02"), calendar()) == []


def test_detail_speaks_of_a_letter_and_says_when_it_is_gone(hands: Hands, desk: Desk, client: Client) -> None:
    case = published(hands, desk)
    copy = Release.objects.get(case=case)
    own = reverse("mailbox:published_detail", args=[copy.public_id])
    with time_machine.travel(NOW, tick=False):
        response = client.get(own, follow=True)
    text = response.content.decode()
    assert "来信的内容" in text and "申请的内容" not in text and "来信·求助" in text
    assert client.get(reverse("mailbox:published_detail", args=[case.public_id])).status_code == 404
    actions.retract_release(
        case=case, comment="内容有误", actor=desk.publisher.actor, at=moment("2026-02-26")
    )
    with time_machine.travel(NOW, tick=False):
        gone = client.get(own, follow=True)
    assert gone.status_code == 410 and "内容有误" in gone.content.decode()


def test_feed_holds_the_published_letters(hands: Hands, desk: Desk, client: Client) -> None:
    published(hands, desk)
    with time_machine.travel(NOW, tick=False):
        response = client.get(reverse("mailbox:published_feed"))
    assert response["Cache-Control"] == PUBLIC
    assert COPY["title"] in response.content.decode() and NAME not in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("路口夜间照明", True),
        ("夜间路口照明不足怎么办", True),
        ("线路故障", True),
        ("医保报销比例", False),
        ("路", False),
        ("", False),
    ],
)
def test_similar_offers_what_has_been_answered(
    hands: Hands, desk: Desk, client: Client, typed: str, found: bool
) -> None:
    published(hands, desk)
    run_due()
    with time_machine.travel(NOW, tick=False):
        response = client.get(reverse("mailbox:similar"), {"q": typed})
    copy = Release.objects.get()
    row = {
        "title": COPY["title"],
        "unit": hands.unit.short_name,
        "url": reverse("releases:detail", args=[copy.public_id]),
    }
    assert response.json() == {"results": [row] if found else []}
    assert response["Cache-Control"] == PUBLIC


def test_form_offers_the_list_without_a_script(client: Client, db: None) -> None:
    text = client.get(reverse("mailbox:write")).content.decode()
    assert "可能已有答复" in text
    assert f'data-similar="{reverse("mailbox:similar")}"' in text
    assert 'id="id_topic"' in text and f'href="{LIST}"' in text


# the staff's pages ---------------------------------------------------------------------------------------------


def step_page(case: Letter, verb: str) -> str:
    """The address of a verb's page."""
    return reverse("workbench_mailbox:step", args=[case.public_id, verb])


def test_copy_goes_through_the_pages_of_three_people(hands: Hands, desk: Desk) -> None:
    case = answered(hands)
    with time_machine.travel(moment("2026-02-25"), tick=False):
        first = hands.clerk.client().get(step_page(case, "propose-release")).content.decode()
        assert "来信人没有同意公开" in first and "某路口夜间照明不足" in first
        blocked = hands.clerk.client().post(
            step_page(case, "propose-release"), COPY | {"answer": f"{NAME}您好", "version": case.version}
        )
        assert blocked.status_code == 400 and "本件当事人信息" in blocked.content.decode()
        hands.clerk.client().post(step_page(case, "propose-release"), COPY | {"version": case.version})
        for person, verb in ((desk.secrecy, "clear-release"), (desk.publisher, "release")):
            shown = person.client().get(step_page(case, verb)).content.decode()
            assert COPY["answer"] in shown
            assert post_step(person.client(), step_page(case, verb)).status_code == 302
    assert Release.objects.get(case=case).state == "published"
    detail = reverse("workbench_mailbox:detail", args=[case.public_id])
    text = desk.publisher.client().get(detail).content.decode()
    assert "撤下公开的来信" in text and "查看公开页面" in text
    assert "撤下公开的来信" not in hands.clerk.client().get(detail).content.decode()


def test_pages_of_the_copy_refuse_wrong_role_unit_and_state(
    hands: Hands, desk: Desk, clerk: Person, publisher: Person
) -> None:
    case = proposed(hands)
    for person, verb, status in (
        (hands.clerk, "clear-release", 409),
        (desk.publisher, "release", 409),
        (publisher, "release", 409),
        (hands.clerk, "propose-release", 409),
    ):
        response = person.client().post(step_page(case, verb), COPY | {"version": case.version})
        assert response.status_code == status, (person, verb)
    assert clerk.client().get(reverse("releases:list")).status_code == 200
    assert (Letter.objects.get(pk=case.pk).state, Release.objects.get(case=case).state) == (
        State.ANSWERED,
        "proposed",
    )


def test_front_page_of_the_box_shows_what_was_answered_last(hands: Hands, desk: Desk, client: Client) -> None:
    assert "最新公开的答复" not in page(client, reverse("mailbox:home"))
    published(hands, desk)
    cache.clear()
    shown = page(client, reverse("mailbox:home"))
    assert "最新公开的答复" in shown
    assert Release.objects.get().title in shown
    assert NAME not in shown
