"""Every page that needs no account, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looking import Looker

PAGES = {
    "home": "/",
    "deadline": "/deadline/",
    "deadline-result": "/deadline/?start=2026-02-10&workdays=20",
    "deadline-error": "/deadline/?start=x&workdays=0",
    "search": "/search/",
    "search-results": "/search/?q=会议",
    "search-nothing": "/search/?q=没有这样的词",
    "verify": "/verify/",
    "verify-unknown": "/verify/AAAAAAAAAAAA/",
    "display": "/display/?next=/guide/",
    "guide": "/guide/",
    "contact": "/contact/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "english": "/english/",
    "requests-start": "/requests/",
    "requests-track": "/requests/track/",
    "releases": "/releases/",
    "mailbox": "/mailbox/",
    "consultations": "/consultations/",
    "notices": "/notices/",
    "login": "/accounts/login/",
    "signup": "/accounts/signup/",
    "password-reset": "/accounts/password/reset/",
    "not-found": "/no-such-page/",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_public_page_keeps_the_rules(
    open_page: Callable[..., Page], look: Looker, name: str, width: int
) -> None:
    page = open_page(width)
    page.goto(PAGES[name])
    look.at(page, name)


@pytest.mark.parametrize("name", PAGES)
def test_public_page_at_320_pixels_does_not_scroll_sideways(
    open_page: Callable[..., Page], look: Looker, name: str
) -> None:
    page = open_page(320)
    page.goto(PAGES[name])
    look.fits(page)


def test_public_page_in_large_print_keeps_the_rules(open_page: Callable[..., Page], look: Looker) -> None:
    page = open_page(390)
    page.goto("/display/?next=/deadline/")
    page.get_by_role("button", name="使用大字版").click()
    assert page.url.endswith("/deadline/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "23.625px"
    look.at(page, "large-print")


def test_released_reply_keeps_the_rules(open_page: Callable[..., Page], look: Looker) -> None:
    page = open_page()
    page.goto("/releases/")
    page.locator("main .list-plain a").first.click()
    look.at(page, "release-detail")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    look.at(page, "release-detail")


def test_public_page_sets_no_cookie(open_page: Callable[..., Page]) -> None:
    page = open_page()
    for path in ("/", "/releases/", "/deadline/", "/search/?q=改造", "/requests/"):
        page.goto(path)
    assert page.context.cookies() == []
