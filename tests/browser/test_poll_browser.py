"""A survey as people see it: by keyboard, over two pages, with a receipt; a published result; the unit's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Looker

RUNNING = "玉溪市公共交通满意度调查（第四季度）"
DONE = "玉溪市公共交通满意度调查（第三季度）"


def follow(page: Page, name: str) -> None:
    """Open the poll of that name."""
    page.goto("/consultations/polls/")
    page.locator(".list-plain").get_by_role("link", name=name).click()


@pytest.mark.parametrize("width", [1280, 390])
def test_guest_takes_part(open_page: Callable[..., Page], look: Looker, width: int) -> None:
    page = open_page(width)
    page.goto("/consultations/polls/")
    look.at(page, "polls")
    follow(page, RUNNING)
    look.at(page, "poll")
    page.get_by_role("link", name="开始填写").click()
    look.at(page, "poll-vote")
    page.get_by_role("button", name="下一页").click()
    expect(page.locator(".errors")).to_contain_text("请回答“您最常用的出行方式”")
    page.get_by_label("电动车").check()
    page.get_by_label("4分").check()
    page.get_by_role("button", name="下一页").click()
    expect(page.get_by_text("第 2 页，共 2 页")).to_be_visible()
    page.get_by_role("button", name="上一页").click()
    expect(page.get_by_label("电动车")).to_be_checked()
    page.get_by_role("button", name="下一页").click()
    page.locator("#id_q5").fill("希望增加夜班车")
    look.at(page, "poll-vote-2")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("您的回执码")).to_be_visible()
    look.at(page, "poll-receipt")


def test_vote_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page(1280)
    follow(page, RUNNING)
    page.get_by_role("link", name="开始填写").press("Enter")
    page.locator("#id_q1_0").focus()
    page.keyboard.press("Space")
    page.locator("#id_q3_0").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="下一页").press("Enter")
    expect(page.get_by_text("第 2 页，共 2 页")).to_be_visible()
    page.get_by_role("button", name="提交").press("Enter")
    expect(page.get_by_text("您的回执码")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_result_is_read_and_a_receipt_checked(
    open_page: Callable[..., Page], look: Looker, width: int
) -> None:
    page = open_page(width)
    follow(page, DONE)
    expect(page.get_by_text("有效选票")).to_be_visible()
    look.at(page, "poll-result")
    page.get_by_role("link", name="凭回执核对我的一票").click()
    page.locator("#receipt").fill("0123456789abcdef0123")
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_text("没有这个回执码")).to_be_visible()
    look.at(page, "poll-check")


@pytest.mark.parametrize("width", [1280, 390])
def test_unit_makes_a_survey(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width, state=log_in("clerk@demo.invalid"))
    page.goto("/workbench/polls/")
    look.at(page, "staff-polls")
    page.get_by_role("link", name=DONE).click()
    look.at(page, "staff-poll")
    page.goto("/workbench/polls/new/")
    look.at(page, "staff-poll-new")
    page.goto("/workbench/notices/")
    look.at(page, "staff-notices")
    page.goto("/workbench/notices/new/")
    look.at(page, "staff-notice-new")
    page.goto("/workbench/notices/alive/")
    look.at(page, "staff-alive")


@pytest.mark.parametrize("width", [1280, 390])
def test_what_the_city_publishes_is_read(open_page: Callable[..., Page], look: Looker, width: int) -> None:
    page = open_page(width)
    page.goto("/notices/")
    look.at(page, "notices")
    page.get_by_role("link", name="玉溪市公共停车场管理规定", exact=True).click()
    expect(page.get_by_text("相关解读")).to_be_visible()
    look.at(page, "notice")
    page.goto("/notices/list/")
    look.at(page, "notices-list")
    page.goto("/notices/units/city-office/")
    look.at(page, "notices-unit")
