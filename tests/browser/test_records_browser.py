"""The redaction desk in a real browser: by mouse, by keyboard, undone, saved by itself, with and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Looker

CLERK = "clerk@demo.invalid"
TITLE = "2025年度城区老旧小区改造项目清单"


def at_the_list(page: Page) -> None:
    """From the workbench to the records of the demo's request."""
    page.goto("/workbench/?q=城区老旧小区改造项目清单")
    page.goto(page.locator("a", has_text="城区老旧小区改造项目清单").first.get_attribute("href") or "")
    page.get_by_role("link", name="添加、遮盖和查看检索到的信息").click()


def at_the_desk(page: Page) -> None:
    """And on to the desk of its record."""
    at_the_list(page)
    page.get_by_role("link", name=TITLE).click()
    page.locator(".sheet img").first.wait_for()


def drag(page: Page, left: float, top: float, right: float, bottom: float) -> None:
    """Draw a box on the first page, in shares of its picture."""
    frame = page.locator(".sheet-marks").first
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=4)
    page.mouse.up()


def saved(page: Page) -> None:
    """Wait until the desk says that it has saved."""
    expect(page.locator("[data-status]")).to_contain_text("已保存")


@pytest.mark.parametrize("width", [1280, 390])
def test_desk_is_drawn_on_undone_and_saves_by_itself(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width, state=log_in(CLERK))
    at_the_list(page)
    look.at(page, "records-list")
    page.get_by_role("link", name=TITLE).click()
    page.locator(".sheet img").first.wait_for()
    boxes = page.locator("[data-box]")
    before = boxes.count()
    drag(page, 0.2, 0.5, 0.6, 0.53)
    expect(boxes).to_have_count(before + 1)
    saved(page)
    look.at(page, "records-desk")
    page.reload()
    expect(boxes).to_have_count(before + 1)
    drag(page, 0.2, 0.6, 0.6, 0.63)
    expect(boxes).to_have_count(before + 2)
    page.get_by_role("button", name="撤销").click()
    expect(boxes).to_have_count(before + 1)
    saved(page)
    boxes.last.focus()
    page.keyboard.press("Delete")
    expect(boxes).to_have_count(before)
    saved(page)


def test_box_is_added_moved_and_given_a_ground_by_keyboard_alone(
    open_page: Callable[..., Page], log_in: Callable[[str], Any]
) -> None:
    page = open_page(1280, state=log_in(CLERK))
    at_the_desk(page)
    page.get_by_role("button", name="加一个框").first.focus()
    page.keyboard.press("Enter")
    own = page.locator("[data-box]:focus")
    expect(own).to_have_count(1)
    start = float(own.locator("rect").get_attribute("x") or 0)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert float(page.locator("[data-box]:focus rect").get_attribute("x") or 0) > start
    wide = float(page.locator("[data-box]:focus rect").get_attribute("width") or 0)
    page.keyboard.press("Shift+ArrowRight")
    assert float(page.locator("[data-box]:focus rect").get_attribute("width") or 0) > wide
    page.get_by_label("不予公开的理由").first.select_option("trade_secret")
    expect(page.locator(".mark.chosen text")).to_have_text("商业秘密")
    saved(page)
    page.get_by_role("button", name="删除选中的框").click()
    saved(page)


def test_two_people_at_the_desk_keep_both_boxes(
    open_page: Callable[..., Page], log_in: Callable[[str], Any]
) -> None:
    first, second = open_page(1280, state=log_in(CLERK)), open_page(1280, state=log_in(CLERK))
    at_the_desk(first)
    at_the_desk(second)
    before = first.locator("[data-box]").count()
    drag(first, 0.2, 0.45, 0.5, 0.47)
    expect(first.locator("[data-box]")).to_have_count(before + 1)
    saved(first)
    drag(second, 0.2, 0.55, 0.5, 0.57)
    expect(second.locator("[data-box]")).to_have_count(before + 2)
    saved(second)
    second.reload()
    expect(second.locator("[data-box]")).to_have_count(before + 2)
    for _ in range(2):
        second.locator("[data-box]").last.focus()
        second.keyboard.press("Delete")
        saved(second)


@pytest.mark.parametrize("width", [1280, 390])
def test_list_of_places_without_script_and_the_pages_beside_it(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width, state=log_in(CLERK), javascript=False)
    at_the_desk(page)
    expect(page.locator("[data-tools]")).to_be_hidden()
    expect(page.get_by_role("button", name="保存遮盖的地方")).to_be_visible()
    expect(page.locator(".mark").first).to_be_visible()
    page.get_by_role("button", name="保存遮盖的地方").click()
    expect(page.get_by_text("遮盖的内容已保存。")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_finding_comparing_and_choosing_from_what_is_public(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width, state=log_in(CLERK))
    at_the_list(page)
    page.get_by_role("link", name="查找个人信息和词").click()
    expect(page.locator("input[name=spot]").first).to_be_visible()
    look.at(page, "records-find")
    page.go_back()
    page.get_by_role("link", name="从本机关已公开的信息中选择").click()
    look.at(page, "records-published")
    page.go_back()
    page.get_by_role("link", name="录入文字").click()
    look.at(page, "records-text")
    at_the_desk(page)
    page.goto(page.url.split("?")[0] + "compare/")
    look.at(page, "records-compare")
