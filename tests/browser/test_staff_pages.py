"""Pages behind a log-in: the citizen's own, the unit's, the supervisor's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.looking import Looker

OWN = {
    "own-requests": ("citizen", "/requests/mine/"),
    "own-messages": ("citizen", "/messages/"),
    "own-password": ("citizen", "/accounts/password/change/"),
    "own-email": ("citizen", "/accounts/email/"),
    "own-two-steps": ("citizen", "/accounts/2fa/"),
    "own-log-out": ("citizen", "/accounts/logout/"),
    "inbox": ("clerk", "/workbench/"),
    "inbox-soon": ("clerk", "/workbench/?due=soon&mine=1"),
    "board": ("supervisor", "/supervision/"),
    "board-all": ("supervisor", "/supervision/?due="),
    "home-of-staff": ("clerk", "/"),
    "refused": ("citizen", "/workbench/"),
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", OWN)
def test_page_behind_log_in_keeps_the_rules(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, name: str, width: int
) -> None:
    who, path = OWN[name]
    page = open_page(width, state=log_in(f"{who}@demo.invalid"))
    page.goto(path)
    look.at(page, name)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("who", ["clerk", "reviewer", "approver", "publisher"])
def test_every_case_and_every_step_keeps_the_rules(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, who: str, width: int
) -> None:
    """Each role opens each open case of its unit once per state, and each step it may take."""
    page = open_page(width, state=log_in(f"{who}@demo.invalid"))
    page.goto("/workbench/?due=")
    cases: dict[str, str] = {}
    for row in page.locator(".grid-table tbody tr").all():
        cases.setdefault(row.locator(".tag").inner_text(), row.locator("th a").get_attribute("href") or "")
    assert cases
    steps: dict[str, str] = {}
    for number, address in enumerate(cases.values()):
        page.goto(address)
        look.at(page, f"case-{who}-{number}")
        for link in page.locator(".next-steps a").all():
            href = link.get_attribute("href") or ""
            steps.setdefault(href.rstrip("/").rsplit("/", 1)[1], href)
    for verb, address in steps.items():
        page.goto(address)
        look.at(page, f"step-{verb}")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_own_request_keeps_the_rules(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    """Submitted, in hand and answered, as the applicant sees them; the answered one by its staff page too."""
    page = open_page(width, state=log_in("citizen@demo.invalid"))
    page.goto("/requests/mine/")
    links = [link.get_attribute("href") or "" for link in page.locator("main .list-plain h3 a").all()]
    assert links
    for number, address in enumerate(links):
        page.goto(address)
        look.at(page, f"own-request-{number}")
    staff = open_page(width, state=log_in("clerk@demo.invalid"))
    for number, address in enumerate(links):
        staff.goto("/workbench" + address)
        look.at(staff, f"own-request-staff-{number}")
