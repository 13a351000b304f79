"""Public comment as people see it: the draft by clauses, a comment by keyboard, what became of it, the unit's work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Looker

RUNNING = "玉溪市政府网站群管理办法和政府信息公开发布制度"
DONE = "玉溪市城市供水管理办法"
WAITING = "玉溪市老旧小区加装电梯实施办法"


def follow(page: Page, name: str) -> None:
    """Open the consultation of that name from the list of all."""
    page.goto("/consultations/")
    page.locator(".list-plain").get_by_role("link", name=name).first.click()


@pytest.mark.parametrize("width", [1280, 390])
def test_draft_is_read_by_clauses_and_commented_on(
    open_page: Callable[..., Page], look: Looker, width: int
) -> None:
    page = open_page(width)
    page.goto("/consultations/")
    look.at(page, "consultations")
    follow(page, RUNNING)
    expect(page.get_by_text("第二十六条", exact=True)).to_be_visible()
    look.at(page, "consultation")
    page.locator("#c-d1\\.t12").get_by_role("link", name="提意见").click()
    expect(page.locator(".clause-text")).to_contain_text("第十二条")
    look.at(page, "consultation-comment")
    page.get_by_role("button", name="提交意见").click()
    expect(page.locator(".errors")).to_contain_text("请填写意见内容")
    page.locator("#id_text").fill(f"建议办事指南写明咨询电话，并且每季度核对一次（{width}）。")
    page.get_by_role("button", name="提交意见").click()
    expect(page.locator(".confirm")).to_contain_text("意见已收到")
    look.at(page, "consultation-receipt")
    page.get_by_role("button", name="撤回这条意见").click()
    expect(page.get_by_text("您已撤回")).to_be_visible()


def test_comment_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page(1280)
    follow(page, RUNNING)
    page.get_by_role("link", name="对全文提意见").focus()
    page.keyboard.press("Enter")
    page.locator("#id_text").focus()
    page.keyboard.type("建议把两个文件合并成一个办法，方便查阅。")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="提交意见")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".confirm")).to_contain_text("意见已收到")


@pytest.mark.parametrize("width", [1280, 390])
def test_adoption_and_changes_are_read(open_page: Callable[..., Page], look: Looker, width: int) -> None:
    page = open_page(width)
    follow(page, DONE)
    page.get_by_role("link", name="查看采纳情况").first.click()
    expect(page.get_by_text("相同意见 2 条")).to_be_visible()
    look.at(page, "consultation-feedback")
    page.get_by_role("link", name="修改稿与征求意见稿对照").click()
    expect(page.locator("ins").first).to_be_visible()
    for view in ("标出修改", "左右对照", "修改后全文"):
        page.get_by_role("link", name=view).click()
        look.at(page, f"consultation-compare-{view}")


@pytest.mark.parametrize("width", [1280, 390])
def test_unit_works_through_the_comments(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width, state=log_in("clerk@demo.invalid"))
    page.goto("/workbench/consultations/")
    look.at(page, "staff-consultations")
    page.get_by_role("link", name=WAITING).click()
    look.at(page, "staff-consultation")
    page.get_by_role("link", name="逐条登记").click()
    look.at(page, "staff-comments")
    page.locator("td a", has_text="登记").first.click()
    look.at(page, "staff-comment")
    page.get_by_label("未采纳", exact=True).check()
    page.get_by_role("button", name="登记，下一条").click()
    expect(page.locator(".errors")).to_contain_text("须说明理由")
    page.goto("/workbench/consultations/new/")
    look.at(page, "staff-consultation-new")
