"""Without a mouse, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_first_tab_offers_the_skip_link_and_it_works(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/guide/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_narrow_menu_opens_and_closes_by_key(open_page: Callable[..., Page]) -> None:
    page = open_page(390)
    page.goto("/guide/")
    button = page.get_by_role("button", name="栏目菜单")
    expect(page.locator("#menu")).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    expect(button).to_be_focused()


def test_narrow_menu_without_javascript_is_there(open_page: Callable[..., Page]) -> None:
    page = open_page(390, javascript=False)
    page.goto("/guide/")
    expect(page.locator("#menu a").first).to_be_visible()
    expect(page.locator(".menu-button")).to_be_hidden()


def test_error_summary_takes_the_focus_and_leads_to_the_field(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/requests/track/")
    page.locator("main button[type=submit]").click()
    expect(page.locator(".errors")).to_be_focused()
    assert page.title().startswith("错误：")
    page.get_by_role("link", name="请填写登记编号").click()
    expect(page.locator("#id_number")).to_be_focused()
    assert page.locator("#id_number").get_attribute("aria-invalid") == "true"
    described = page.locator("#id_number").get_attribute("aria-describedby") or ""
    assert "id_number_error" in described.split()
