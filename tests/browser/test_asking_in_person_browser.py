"""Hearings, topics and public responses: their front pages and forms keep to the house's rules for pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Looker

PUBLIC = {
    "hearings": "/consultations/hearings/",
    "proposals": "/consultations/proposals/",
    "responses": "/mailbox/responses/",
    "home": "/",
}
STAFF = {
    "staff-hearings": "/workbench/hearings/",
    "staff-hearing-new": "/workbench/hearings/new/",
    "staff-proposals": "/workbench/proposals/",
    "staff-proposal-new": "/workbench/proposals/new/",
    "staff-responses": "/workbench/responses/",
    "staff-response-order": "/workbench/responses/order/",
    "staff-inbox": "/workbench/",
}


@pytest.mark.parametrize("width", [1280, 390])
def test_public_front_pages(open_page: Callable[..., Page], look: Looker, width: int) -> None:
    page = open_page(width)
    for name, path in PUBLIC.items():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        look.at(page, name)


@pytest.mark.parametrize("width", [1280, 390])
def test_staff_front_pages_and_forms(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width, state=log_in("clerk@demo.invalid"))
    for name, path in STAFF.items():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        look.at(page, name)


@pytest.mark.parametrize("width", [1280, 390])
def test_citizen_proposes_a_topic(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width, state=log_in("citizen@demo.invalid"))
    page.goto("/consultations/proposals/propose/")
    look.at(page, "proposal-form")
    page.locator("#id_unit").select_option(index=1)
    page.locator("#id_title").fill("增加夜间公交")
    page.locator("#id_background").fill("晚上九点以后没有公交车。")
    page.get_by_role("button", name="提交").click()
    look.at(page, "proposal")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_course_is_learned_and_certified(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], look: Looker, width: int
) -> None:
    page = open_page(width, state=log_in("citizen@demo.invalid"))
    page.goto("/consultations/courses/")
    look.at(page, "courses")
    page.get_by_role("link", name="怎样申请公开政府信息").click()
    look.at(page, "course")
    if page.get_by_role("button", name="报名").count():
        page.get_by_label("姓名").fill("王小芳")
        page.get_by_role("button", name="报名").click()
        page.get_by_role("link", name="参加测验").click()
        look.at(page, "course-quiz")
        page.get_by_role("button", name="交卷").click()
        look.at(page, "course-quiz-errors")
        page.get_by_label("20个工作日").first.check()
        page.get_by_label("20个工作日").nth(1).check()
        for name in ("公民", "法人", "其他组织"):
            page.get_by_label(name, exact=True).check()
        page.get_by_role("button", name="交卷").click()
        expect(page.get_by_role("heading", name="100 分")).to_be_visible()
    page.goto("/consultations/courses/")
    page.get_by_role("link", name="怎样申请公开政府信息").click()
    expect(page.get_by_text("已通过")).to_be_visible()
    look.at(page, "course-passed")
    staff = open_page(width, state=log_in("clerk@demo.invalid"))
    staff.goto("/workbench/courses/")
    staff.get_by_role("link", name="怎样申请公开政府信息").click()
    look.at(staff, "course-staff")
    staff.goto("/workbench/courses/new/")
    look.at(staff, "course-new")
