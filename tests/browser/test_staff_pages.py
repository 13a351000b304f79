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
    "annual": ("clerk", "/workbench/annual/"),
    "annual-fill": ("clerk", "/workbench/annual/fill/"),
    "annual-city": ("supervisor", "/workbench/annual/"),
    "letters": ("clerk", "/workbench/mailbox/"),
    "letter-figures": ("clerk", "/workbench/mailbox/figures/"),
    "letter-topics": ("supervisor", "/workbench/mailbox/topics/"),
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
    own_steps: dict[str, str] = {}
    for number, address in enumerate(links):
        page.goto(address)
        look.at(page, f"own-request-{number}")
        for step in ("correct", "reasons", "rate", "suggest", "fix", "withdraw"):
            if page.locator(f'main a[href$="/{step}/"]').count():
                own_steps.setdefault(step, f"{address}{step}/")
    for step, address in own_steps.items():
        page.goto(address)
        look.at(page, f"own-step-{step}")
    assert {"correct", "reasons", "rate", "withdraw"} <= set(own_steps)
    staff = open_page(width, state=log_in("clerk@demo.invalid"))
    for number, address in enumerate(links):
        staff.goto("/workbench" + address)
        look.at(staff, f"own-request-staff-{number}")


@pytest.mark.parametrize("width", [1280, 390])
def test_paper_request_page_keeps_the_rules(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    """Empty, for a person and an organisation, and after a first try with nothing filled in."""
    page = open_page(width, state=log_in("clerk@demo.invalid"))
    for kind in ("citizen", "organisation"):
        page.goto(f"/workbench/requests/enter/?kind={kind}")
        look.at(page, f"enter-{kind}")
    page.get_by_role("button", name="登记", exact=True).click()
    look.at(page, "enter-errors")


@pytest.mark.parametrize("width", [1280, 390])
def test_party_answers_behind_its_link(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    """A clerk renews the link; whoever holds it confirms, answers and gets a receipt, without an account."""
    staff = open_page(width, state=log_in("clerk@demo.invalid"))
    staff.goto("/workbench/?due=&kind=disclosure")
    links = staff.get_by_role("link", name="关于“老旧小区改造施工合同”的信息公开申请").all()
    for address in [link.get_attribute("href") or "" for link in links]:
        staff.goto(address)
        if staff.locator("a", has_text="更换对方的链接").count():
            break
    staff.get_by_text("其他可以办理的事项").click()
    staff.get_by_role("link", name="更换对方的链接").click()
    look.at(staff, "step-renew-link")
    staff.get_by_label("征求对象").select_option(index=1)
    staff.get_by_role("button", name="更换对方的链接").click()
    said = staff.locator("main, .messages").filter(has_text="/opinions/").first.inner_text()
    path = "/opinions/" + said.split("/opinions/")[1].split()[0]
    party = open_page(width)
    party.goto(path)
    look.at(party, "party-asked")
    party.get_by_role("button", name="提交意见").click()
    look.at(party, "party-errors")
    confirm = party.get_by_role("button", name="确认今天收到")
    if confirm.count():
        confirm.click()
    party.get_by_label("部分同意公开").check()
    party.get_by_label("理由").fill("付款方式是商业秘密，其余同意公开。")
    party.get_by_role("button", name="提交意见").click()
    party.get_by_text("已收到贵单位的意见").wait_for()
    look.at(party, "party-answered")
