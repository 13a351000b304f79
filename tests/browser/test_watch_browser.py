"""Error reports, duty reading, services, statistics and supervision keep the house's rules for pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Looker

STAFF = {
    "watch": "/workbench/watch/",
    "watch-sheet": "/workbench/watch/sheet/",
    "watch-links": "/workbench/watch/links/",
    "watch-rota": "/workbench/watch/rota/",
    "watch-finding": "/workbench/watch/finding/",
    "watch-logs": "/workbench/watch/logs/",
    "reports": "/workbench/reports/",
    "archive": "/workbench/notices/archive/",
    "enforcement": "/workbench/notices/enforcement/",
    "orders": "/supervision/orders/",
}
SUPERVISOR = {
    "board": "/supervision/",
    "board-predicted": "/supervision/?due=predicted",
    "circular": "/supervision/circular/",
    "system": "/supervision/system/",
    "seen": "/supervision/system/seen/",
    "new-order": "/supervision/orders/new/",
}


@pytest.mark.parametrize("width", [1280, 390])
def test_an_error_is_reported_from_the_page_and_answered(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width)
    page.goto("/notices/")
    page.get_by_role("link", name="我要纠错").click()
    look.at(page, "report-error")
    page.get_by_role("button", name="提交纠错").click()
    look.at(page, "report-error-errors")
    page.get_by_label("错别字、表述不当").check()
    page.get_by_label("哪里有误，应当是什么").fill("“按步就班”应为“按部就班”。")
    page.get_by_role("button", name="提交纠错").click()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    look.at(page, "report-error-status")
    staff = open_page(width, state=log_in("clerk@demo.invalid"))
    staff.goto("/workbench/reports/")
    staff.get_by_role("link", name="错别字、表述不当").first.click()
    look.at(staff, "report-staff")
    staff.get_by_role("link", name="已更正").click()
    look.at(staff, "report-fix")


@pytest.mark.parametrize("width", [1280, 390])
def test_services_and_figures_are_read(open_page: Callable[..., Page], look: Looker, width: int) -> None:
    page = open_page(width)
    page.goto("/notices/services/")
    look.at(page, "services")
    page.get_by_role("link", name="政府信息公开申请办事指南").click()
    expect(page.get_by_role("heading", name="办理流程")).to_be_visible()
    look.at(page, "service")
    page.goto("/statistics/")
    look.at(page, "statistics")
    page.goto("/search/?q=玉溪")
    look.at(page, "search-facets")
    page.goto("/search/?q=ggtcc")
    expect(page.get_by_role("link", name="玉溪市公共停车场管理规定", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_watch_and_supervision(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    staff = open_page(width, state=log_in("clerk@demo.invalid"))
    for name, path in STAFF.items():
        staff.goto(path)
        look.at(staff, name)
    watching = open_page(width, state=log_in("supervisor@demo.invalid"))
    for name, path in SUPERVISOR.items():
        watching.goto(path)
        look.at(watching, name)
    watching.goto("/supervision/assessments/")
    look.at(watching, "assessments")
    if not watching.get_by_role("link", name="考核", exact=False).filter(has_text="2026年5月").count():
        watching.get_by_label("首月").fill("2026-05")
        watching.get_by_label("末月").fill("2026-05")
        watching.get_by_role("button", name="计算").click()
    else:
        watching.get_by_role("link", name="2026年5月").first.click()
    look.at(watching, "assessment")
    watching.get_by_role("link", name="市政府办公室").first.click()
    look.at(watching, "assessment-unit")
    watching.goto("/supervision/?due=")
    watching.get_by_role("link", name="督办", exact=True).first.click()
    look.at(watching, "new-order-about")


def test_titles_are_suggested_while_typing(open_page: Callable[..., Page]) -> None:
    page = open_page(1280)
    page.goto("/search/")
    page.get_by_label("搜索词").press_sequentially("停车")
    option = page.locator("#q-titles option[value='玉溪市公共停车场管理规定']")
    expect(option).to_be_attached(timeout=8000)
