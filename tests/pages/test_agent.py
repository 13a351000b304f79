"""Somebody asks for the applicant: the agent's particulars, and the written authority among the files."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.documents.models import OfficialDocument
from portal.units.models import Unit
from requests_app.models import DisclosureRequest
from tests.factories.requests_app import IDENTITY, NAME

PAGES: list[tuple[str, dict[str, Any]]] = [
    ("unit", {"unit": "city-office"}),
    ("who", {"applicant_kind": "citizen", "by_agent": "on"}),
    ("person", {"name": NAME, "identity_kind": "resident", "identity_number": IDENTITY}),
    (
        "agent",
        {
            "agent_name": "王代理",
            "agent_identity_kind": "passport",
            "agent_identity_number": "E12345678",
            "agent_phone": "13900000000",
        },
    ),
    ("contact", {"phone": "13800000000"}),
    ("information", {"information_name": "2025年度预算"}),
    ("receive", {"form_wanted": "electronic", "delivery": "online"}),
]


def filled_in(browser: Client) -> Any:
    """All pages but the files; gives the draft's id on the check page."""
    browser.get("/requests/new/")
    for step, answers in PAGES:
        assert browser.post(f"/requests/new/{step}/", answers).status_code == 302, step
    return browser.get("/requests/new/check/", follow=True)


def test_authority_is_asked_for_before_the_request_goes_out(office: Unit) -> None:
    browser = Client()
    page = filled_in(browser).content.decode()
    assert "由代理人提出的，请上传授权委托书" in page
    assert "上传附件" in page
    authority = SimpleUploadedFile("授权委托书.txt", "兹委托王代理。".encode())
    browser.post("/requests/new/files/", {"files": authority})
    page = browser.get("/requests/new/check/")
    assert "王代理" in page.content.decode()
    done = browser.post("/requests/new/check/", {"draft": str(page.context["draft"].public_id)})
    assert done.status_code == 302
    case = DisclosureRequest.objects.get()
    assert (case.agent_name, case.name, case.files.count()) == ("王代理", NAME, 1)
    form = OfficialDocument.objects.get(case=case, kind="application_form")
    assert ["代理人", "王代理"] in form.facts["applicant"]


def test_agent_with_bad_particulars_is_sent_back(office: Unit) -> None:
    browser = Client()
    browser.get("/requests/new/")
    for step, answers in PAGES[:3]:
        browser.post(f"/requests/new/{step}/", answers)
    answer = browser.post(
        "/requests/new/agent/", PAGES[3][1] | {"agent_phone": "12", "agent_identity_number": "?"}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "联系电话格式不正确" in page
    assert "护照号码应为" in page
    assert "王代理" in page


def test_without_agent_there_is_no_such_page(office: Unit) -> None:
    browser = Client()
    browser.get("/requests/new/")
    browser.post("/requests/new/unit/", PAGES[0][1])
    browser.post("/requests/new/who/", {"applicant_kind": "citizen"})
    assert browser.get("/requests/new/agent/").status_code == 302
