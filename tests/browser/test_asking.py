"""A citizen asks, from the first page to the answer's page; with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Looker


def go_on(page: Page) -> None:
    """Press the page's main button."""
    page.locator("main .btn-primary[type=submit]").click()


def check_digit(first: str) -> str:
    """A lawful identity number from its first 17 digits (GB 11643-1999)."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


def fill_in(page: Page, looked: Callable[[str], None]) -> None:
    """Fill in every page of the guided form up to the check page."""
    page.goto("/requests/")
    page.get_by_role("link", name="开始填写申请").click()
    looked("ask-unit")
    page.select_option("#id_unit", "city-office")
    go_on(page)
    looked("ask-who")
    page.get_by_label("公民", exact=True).check()
    go_on(page)
    looked("ask-person")
    page.fill("#id_name", "梁䶮")
    page.fill("#id_identity_number", check_digit("53040219900101121"))
    go_on(page)
    looked("ask-contact")
    page.fill("#id_phone", "13808770000")
    page.fill("#id_email", "liang@example.org")
    go_on(page)
    looked("ask-information")
    page.fill("#id_information_name", "2025年度老旧小区改造项目清单")
    go_on(page)
    looked("ask-receive")
    page.locator("input[name=form_wanted][value=electronic]").check()
    page.locator("input[name=delivery][value=email]").check()
    go_on(page)
    looked("ask-files")
    page.set_input_files(
        "#id_files", {"name": "说明.txt", "mimeType": "text/plain", "buffer": "需要的清单".encode()}
    )
    page.get_by_role("button", name="上传并留在本页").click()
    expect(page.get_by_text("说明.txt").first).to_be_visible()
    looked("ask-files-uploaded")
    go_on(page)
    expect(page.get_by_role("heading", name="提交前请检查")).to_be_visible()
    looked("ask-check")


@pytest.mark.parametrize("width", [1280, 390])
def test_request_is_asked_submitted_and_found_again(
    open_page: Callable[..., Page], look: Looker, width: int
) -> None:
    page = open_page(width)
    fill_in(page, lambda name: look.at(page, name))
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="申请已提交")).to_be_visible()
    look.at(page, "receipt")
    number = page.locator(".confirm .number").inner_text()
    code = page.locator("p.code").inner_text()
    page.get_by_role("link", name="查看办理进度").click()
    look.at(page, "detail-submitted")

    other = open_page(width)
    other.goto("/requests/track/")
    other.fill("#id_number", number)
    other.fill("#id_code", code)
    go_on(other)
    expect(other).to_have_url(re.compile(r"/requests/[0-9a-f-]{36}/$"))
    other.get_by_role("link", name="撤回申请").click()
    look.at(other, "withdraw")
    other.get_by_role("button", name="撤回申请").click()
    expect(other.get_by_role("status").first).to_contain_text("撤回")
    look.at(other, "detail-withdrawn")


def test_request_is_asked_and_submitted_without_javascript(open_page: Callable[..., Page]) -> None:
    page = open_page(390, javascript=False)
    fill_in(page, lambda name: None)
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="申请已提交")).to_be_visible()


def test_double_click_on_submit_makes_one_request(open_page: Callable[..., Page]) -> None:
    page = open_page()
    fill_in(page, lambda name: None)
    page.get_by_role("button", name="提交申请").dblclick()
    expect(page.get_by_role("heading", name="申请已提交")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_wrong_answers_keep_what_was_typed(open_page: Callable[..., Page], look: Looker, width: int) -> None:
    page = open_page(width)
    page.goto("/requests/new/who/")
    page.get_by_label("公民", exact=True).check()
    go_on(page)
    page.fill("#id_name", "梁䶮")
    page.fill("#id_identity_number", "530402199001011212")
    go_on(page)
    expect(page.locator(".errors")).to_be_focused()
    assert page.input_value("#id_name") == "梁䶮"
    assert page.title().startswith("错误：")
    look.at(page, "ask-person-wrong")
