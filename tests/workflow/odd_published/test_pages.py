"""The ways out and back are on the pages: each is offered to who may, and its form works."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Article
from portal.units.models import Unit
from tests.cast import Person, moment, post_step
from tests.factories.notices import drafted, published

Team = dict[str, Person]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-05"))


def take(who: Person, case: Article, verb: str, **answers: Any) -> str:
    """Find a step on the item's page, send its form, give the state afterwards."""
    browser = who.client()
    step = reverse("workbench_notices:step", args=[case.public_id, verb])
    page = browser.get(reverse("workbench_notices:detail", args=[case.public_id])).content.decode()
    assert step in page, verb
    answer = post_step(browser, step, answers)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(Article.objects.get(pk=case.pk).state)


def test_a_submission_comes_back_and_a_draft_goes(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    assert take(team["clerk"], case, "submit-item") == "reviewing"
    assert take(team["clerk"], case, "recall-item") == "drafting"
    assert take(team["clerk"], case, "discard-item") == "discarded"


def test_a_revision_is_given_up_on_its_page(office: Unit, team: Team) -> None:
    case = published(office, team)
    assert take(team["clerk"], case, "revise", reason="附表有误") == "drafting"
    page = team["clerk"].client().get(reverse("workbench_notices:detail", args=[case.public_id]))
    assert "附表有误" in page.content.decode()
    assert take(team["clerk"], case, "give-up-revision") == "published"


def test_what_is_out_goes_and_comes_back_on_its_page(office: Unit, team: Team) -> None:
    case = published(office, team)
    assert take(team["clerk"], case, "revise", reason="附表有误") == "drafting"
    assert take(team["publisher"], case, "withdraw-item", reason="内容有误") == "withdrawn"
    assert Client().get(reverse("notices:article", args=[case.public_id])).status_code == 410
    assert take(team["clerk"], case, "reopen-item", reason="已改正") == "drafting"


def test_steps_that_lead_nowhere_are_not_offered(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    page = reverse("workbench_notices:detail", args=[case.public_id])
    for who, verbs in (("clerk", ("give-up-revision",)), ("publisher", ("withdraw-item", "set-validity"))):
        words = team[who].client().get(page).content.decode()
        for verb in verbs:
            assert reverse("workbench_notices:step", args=[case.public_id, verb]) not in words


def test_topics_are_opened_from_the_list(office: Unit, team: Team) -> None:
    here, topic = reverse("workbench_notices:list"), reverse("workbench_notices:topic")
    assert topic in team["approver"].client().get(here).content.decode()
    assert topic not in team["clerk"].client().get(here).content.decode()


def test_the_page_of_a_file_says_what_becomes_of_it(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    page = team["clerk"].client().get(reverse("workbench_notices:file", args=[case.public_id]))
    assert "Word 文档和文本转换为 PDF" in page.content.decode()
