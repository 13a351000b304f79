"""A confidential report opens no request, and a browser that keeps its headers can rate an answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from mailbox import actions, queries
from mailbox.choices import State
from mailbox.models import Rating
from portal.core.errors import StepRefused
from requests_app.models import DisclosureRequest
from tests.cast import moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    NAME,
    PHONE,
    Hands,
    answered,
    day,
    rating_path,
    report,
    staffed,
    submitted,
)

ROOT = Path(__file__).parents[3]


def test_confidential_report_opens_no_request(hands: Hands) -> None:
    case = report()
    clerk = hands.office_clerk.actor
    with pytest.raises(StepRefused, match="身份不得转出"):
        actions.hand_over(case=case, actor=clerk, at=moment("2026-02-10", 11))
    assert "hand_over" not in queries.staff_view(case, clerk, day("2026-02-10")).verbs
    actions.name_reader(
        case=case,
        reader=hands.office_clerk.account,
        reason="核查举报",
        actor=hands.office_head.actor,
        at=moment("2026-02-10", 11),
    )
    with pytest.raises(StepRefused, match="身份不得转出"):
        actions.hand_over(case=case, actor=clerk, at=moment("2026-02-10", 12))
    assert DisclosureRequest.objects.count() == 0


def test_confidential_report_that_is_a_request_is_declined_with_the_way_to_go(hands: Hands) -> None:
    case = report()
    actions.decline(
        case=case,
        reason="disclosure",
        note="请通过依申请公开提出",
        actor=hands.office_clerk.actor,
        at=moment("2026-02-10", 11),
    )
    case.refresh_from_db()
    assert (case.state, DisclosureRequest.objects.count()) == (State.DECLINED, 0)
    paper = case.documents.get()
    assert "依申请公开" in paper.facts["finding"]
    assert NAME not in str(paper.facts) + paper.addressee and PHONE not in str(paper.facts)


def test_other_letters_are_handed_over_as_before(hands: Hands) -> None:
    case = submitted()
    actions.hand_over(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-10", 11))
    assert DisclosureRequest.objects.get().name == NAME


class Browser:
    """A client that sends what a browser sends with a form: the Origin that the page's policy leaves, and its token."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def send(self, path: str, data: dict[str, Any], to: str = "") -> Any:
        """Open the page, fill its form in and press the button."""
        page = self.client.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
        assert token is not None
        hidden = page.get("Referrer-Policy", "") == "no-referrer"
        origin = "null" if hidden else "http://testserver"
        return self.client.post(
            to or path, data | {"csrfmiddlewaretoken": token[1]}, headers={"origin": origin}
        )


def test_browser_rates_an_answer_and_demands_a_second_handling(hands: Hands) -> None:
    case = answered(hands)
    path = rating_path(case)
    browser = Browser()
    with time_machine.travel(moment("2026-02-25"), tick=False):
        sent = browser.send(path, {"solved": "1", "attitude": "3", "why": "灯还是不亮"})
        assert (sent.status_code, Rating.objects.get().solved) == (302, 1)
        again = browser.send(path, {"reason": "路灯还是不亮"}, f"{path}object/")
    assert again.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.round) == (State.HANDLING, 2)


def test_nothing_of_ours_asks_browsers_to_hide_where_a_form_comes_from() -> None:
    told = re.compile(
        r"""Referrer-Policy["'\]\s=:]+["']?no-referrer|name=["']referrer|REFERRER_POLICY\s*=\s*"no-"""
    )
    found = [
        path.relative_to(ROOT).as_posix()
        for top in (
            "portal",
            "mailbox",
            "requests_app",
            "consultations",
            "notices",
            "findings",
            "templates",
            "deploy",
        )
        for path in (ROOT / top).rglob("*")
        if path.suffix in {".py", ".html", ".conf", ".template", ".js"} and told.search(path.read_text())
    ]
    assert found == []
