"""The letter box as people see it: writing, the receipt, the letter, and the mailbox office's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.looking import Looker

WORDS = {
    "#id_topic": "某路口夜间照明不足",
    "#id_text": "红塔区某路口的路灯不亮，夜间行人很不安全，请尽快修复。",
    "#id_name": "梁某",
    "#id_phone": "13800000001",
}
STEPS = ("accept", "decline", "hand-over", "assign", "merge")


def write(page: Page) -> str:
    """Fill in the form and send it; gives the letter's address."""
    page.goto("/mailbox/write/")
    page.check("input[name=addressee][value=mayor]")
    page.check("input[name=letter_kind][value=help]")
    page.select_option("#id_place", "hongta")
    for field, words in WORDS.items():
        page.fill(field, words)
    page.click("main button[type=submit]")
    page.wait_for_url("**/mailbox/receipt/**")
    return page.locator("main .actions a").get_attribute("href") or ""


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_the_writer_keep_the_rules(open_page: Callable[..., Page], look: Looker, width: int) -> None:
    page = open_page(width)
    page.goto("/mailbox/")
    look.at(page, "mailbox-home")
    page.goto("/mailbox/track/")
    look.at(page, "mailbox-track")
    page.goto("/mailbox/write/")
    look.at(page, "mailbox-write")
    page.fill("#id_text", "太短")
    page.click("main button[type=submit]")
    assert page.locator(".errors").count() > 0
    assert page.input_value("#id_text") == "太短"
    look.at(page, "mailbox-write-errors")
    address = write(page)
    assert page.locator(".code").inner_text().count("-") == 2
    look.at(page, "mailbox-receipt")
    page.goto(address)
    look.at(page, "mailbox-detail")


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_the_office_keep_the_rules(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    address = write(open_page())
    page = open_page(width, state=log_in("clerk@demo.invalid"))
    for path, name in (
        ("/workbench/mailbox/", "letters"),
        ("/workbench/mailbox/?list=assist", "assist"),
        ("/workbench/mailbox/enter/", "enter"),
        (f"/workbench{address}", "staff"),
    ):
        page.goto(path)
        look.at(page, f"mailbox-{name}")
    for verb in STEPS:
        page.goto(f"/workbench{address}{verb}/")
        look.at(page, f"mailbox-step-{verb}")
    page.goto(f"/workbench{address}accept/")
    page.check("input[name=complexity][value=reply_simple]")
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/workbench{address}")
    look.at(page, "mailbox-staff-accepted")
