"""Pages of online courses."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.courses.models import Course
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.workflow.test_course import RIGHT, Team, offered


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put the pages on a day."""

    def on(day: str) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment(day))

    return on


def test_pages_from_sign_up_to_paper(
    office: Unit, citizen: Person, team: Team, today: Any, client: Client
) -> None:
    case = offered(office, team)
    today("2026-03-10")
    here = reverse("courses:detail", args=[case.public_id])
    quiz = reverse("courses:quiz", args=[case.public_id])
    assert case.title in client.get(reverse("courses:home")).content.decode()
    assert "登录" in client.get(here).content.decode()
    assert client.post(here, {"name": "过路人"}).status_code == 409
    browser = citizen.client()
    refused = browser.post(here, {"name": ""})
    assert refused.status_code == 400 and "请填写" in refused.content.decode()
    assert browser.post(here, {"name": "王小芳"}).status_code == 302
    page = browser.get(quiz)
    assert "o2" in page.content.decode() and "correct" not in page.content.decode()
    assert browser.post(quiz, {"q1": "o2"}).status_code == 400
    marked = browser.post(quiz, RIGHT)
    assert marked.status_code == 200 and "100 分" in marked.content.decode()
    paper = reverse("courses:certificate", args=[case.public_id])
    assert person("stranger").client().get(paper).status_code == 404
    assert browser.get(paper).status_code == 302
    run_due()
    assert browser.get(paper).content.startswith(b"%PDF") or browser.get(paper).streaming


def test_staff_pages_make_a_course(office: Unit, citizen: Person, team: Team, today: Any) -> None:
    today("2026-03-02")
    clerk = team["clerk"].client()
    form = {
        "unit": office.pk,
        "title": "政务公开入门",
        "intro": "简介",
        "material": "材料",
        "opens_on": "2026-03-20",
        "closes_on": "2026-03-10",
        "pass_mark": "60",
    }
    new = reverse("workbench_courses:new")
    refused = clerk.post(new, form)
    assert refused.status_code == 400 and "截止日不能早于开始日" in refused.content.decode()
    assert "材料" in refused.content.decode()
    made = clerk.post(new, {**form, "closes_on": "2026-03-31"})
    assert made.status_code == 302
    case = Course.objects.get()
    ask_at = reverse("workbench_courses:question", args=[case.public_id])
    assert clerk.post(ask_at, {"title": "一", "options": "甲\n乙", "correct": "丙"}).status_code == 400
    assert clerk.post(ask_at, {"title": "一", "options": "甲\n乙", "correct": "2"}).status_code == 302
    page = clerk.get(made["location"]).content.decode()
    assert "正确" in page and "送签" in page
    drop = reverse("workbench_courses:drop", args=[case.public_id, "q1"])
    assert citizen.client().post(drop).status_code in (403, 404)
    assert clerk.post(drop).status_code == 302
    assert clerk.get(reverse("workbench_courses:list")).status_code == 200
    assert citizen.client().get(made["location"]).status_code in (403, 404)
