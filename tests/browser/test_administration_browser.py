"""The administrators' room, the open ratings, the annual reports and the panels keep the house's rules for pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Looker

ROOMS = {
    "administration": ("admin", "/administration/"),
    "administration-holidays": ("admin", "/administration/holidays/"),
    "administration-rules": ("admin", "/administration/rules/"),
    "administration-rule": ("admin", "/administration/rules/letter_terms/1/"),
    "administration-units": ("admin", "/administration/units/"),
    "administration-unit": ("admin", "/administration/units/housing/"),
    "administration-papers": ("admin", "/administration/papers/"),
    "administration-retention": ("admin", "/administration/retention/"),
    "administration-people": ("security", "/administration/people/"),
    "administration-records": ("audit", "/administration/records/"),
    "panels": ("supervisor", "/supervision/panels/"),
    "returns": ("supervisor", "/workbench/annual/returns/"),
    "returns-merge": ("supervisor", "/workbench/annual/returns/merge/"),
    "returns-submit": ("approver", "/workbench/annual/returns/submit/"),
}


@pytest.mark.parametrize("width", [1280, 390])
def test_every_room_keeps_the_rules(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    pages: dict[str, Page] = {}
    for name, (who, path) in ROOMS.items():
        if who not in pages:
            pages[who] = open_page(width, state=log_in(f"{who}@demo.invalid"))
        answer = pages[who].goto(path)
        assert answer is not None
        assert answer.status == 200, path
        look.at(pages[who], name)


@pytest.mark.parametrize("width", [1280, 390])
def test_ratings_and_annual_reports_are_open(
    open_page: Callable[..., Page], look: Looker, width: int
) -> None:
    page = open_page(width)
    page.goto("/statistics/")
    page.get_by_role("link", name="社会评议").click()
    look.at(page, "ratings")
    page.goto("/annual-reports/")
    look.at(page, "annual-reports")


def test_holiday_notice_is_previewed_before_it_is_entered(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker
) -> None:
    page = open_page(390, state=log_in("admin@demo.invalid"))
    page.goto("/administration/holidays/")
    page.locator("tbody a").first.click()
    page.get_by_label("文号").fill("国办发明电〔2026〕6号")
    page.get_by_label("发文日期").fill("2026-11-02")
    page.get_by_label("放假").fill("元旦 2027-01-01 2027-01-03\n春节 2027-02-05")
    page.get_by_role("button", name="预览影响").click()
    expect(page.get_by_text("第2行应为“名称 首日 末日”").first).to_be_visible()
    expect(page.get_by_label("文号")).to_have_value("国办发明电〔2026〕6号")
    look.at(page, "holiday-errors")
    page.get_by_label("放假").fill("元旦 2027-01-01 2027-01-03\n春节 2027-02-05 2027-02-11")
    page.get_by_role("button", name="预览影响").click()
    expect(page.get_by_role("heading", name="录入后的影响")).to_be_visible()
    look.at(page, "holiday-preview")
