"""What is offered while a letter is being written, and the list of published letters, as people see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.looking import Looker

ANSWERED = {"results": [{"title": "<b>路灯</b>报修办法", "unit": "市住建局", "url": "/releases/"}]}


@pytest.mark.parametrize("width", [1280, 390])
def test_published_answers_are_offered_while_the_title_is_typed(
    open_page: Callable[..., Page], look: Looker, width: int
) -> None:
    page = open_page(width)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json=ANSWERED)

    page.route("**/mailbox/similar/**", answer)
    page.goto("/mailbox/write/")
    offered = page.locator("[data-similar] ul")
    expect(offered).to_be_hidden()
    page.locator("#id_topic").press_sequentially("路口路灯不亮", delay=20)
    expect(offered.locator("a")).to_have_text("<b>路灯</b>报修办法")
    assert len(asked) == 1, "asked once, when the typing paused"
    look.at(page, "mailbox-write-similar")
    page.fill("#id_topic", "路")
    expect(offered).to_be_hidden()
    page.goto("/mailbox/published/")
    look.at(page, "mailbox-published")
