"""The page of somebody consulted: shows what is asked and nothing of the applicant; looking changes nothing."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from portal.cases.models import CaseEvent
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import NAME, PHONE, handled

ASKED = "改造项目合同的价款和付款方式。"


@pytest.fixture
def asked(office: Unit, clerk: Person) -> tuple[DisclosureRequest, str]:
    """A third party asked on 24 February, and its address."""
    case = handled(office, clerk)
    party = Party("third_party", "玉溪某建设有限公司", ASKED, "online", "party@example.org")
    return case, actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-02-24"))


@time_machine.travel(moment("2026-02-25"), tick=False)
def test_looking_shows_what_is_asked_and_changes_nothing(asked: tuple[DisclosureRequest, str]) -> None:
    case, path = asked
    before = CaseEvent.objects.count()
    for _ in range(2):
        response = Client().get(path, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert ASKED in page
    for private in (NAME, PHONE, case.information_name):
        assert private not in page
    assert CaseEvent.objects.count() == before
    assert response["Referrer-Policy"] == "same-origin", (
        "no-referrer would make the browser send Origin: null"
    )
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


@time_machine.travel(moment("2026-02-25"), tick=False)
def test_party_confirms_and_answers_and_gets_a_receipt(asked: tuple[DisclosureRequest, str]) -> None:
    case, path = asked
    browser = Client()
    path = browser.get(path)["Location"]
    assert browser.get(f"{path}received/").status_code == 405
    browser.post(f"{path}received/")
    assert "2026年3月17日" in browser.get(path).content.decode()
    empty = browser.post(path, {"reason": "付款方式是商业秘密"})
    assert empty.status_code == 400
    assert "付款方式是商业秘密" in empty.content.decode()
    bare = browser.post(path, {"opinion": "refuse", "reason": ""})
    assert bare.status_code == 400
    assert "请写明理由" in bare.content.decode()
    assert browser.post(path, {"opinion": "refuse", "reason": "商业秘密"}).status_code == 302
    run_due()
    page = browser.get(path).content.decode()
    assert "已收到贵单位的意见" in page
    slip = browser.get(f"{path}papers/slip/")
    assert slip["Content-Type"] == "application/pdf"
    assert browser.post(path, {"opinion": "agree"}).status_code == 409
    assert case.consultations.get().opinion == "refuse"


def test_wrong_token_is_not_found(asked: tuple[DisclosureRequest, str]) -> None:
    _, path = asked
    assert Client().get("/opinions/" + "A" * 43 + "/").status_code == 404
    browser = Client()
    here = browser.get(path)["Location"]
    assert path.split("/")[2] not in here, "the token is in no further address"
    assert browser.get(f"{here}papers/decision/").status_code == 404
    assert browser.get(f"{here}papers/token_hash/").status_code == 404
    assert Client().get(here).status_code == 404, "without the link the address opens nothing"


def test_renewed_link_closes_the_browser_that_came_by_the_former_one(
    asked: tuple[DisclosureRequest, str], clerk: Person
) -> None:
    case, path = asked
    browser = Client()
    here = browser.get(path)["Location"]
    assert browser.get(here).status_code == 200
    facts = {"consultation": case.consultations.get(), "actor": clerk.actor, "at": moment("2026-02-25")}
    new = actions.renew_link(case=case, **facts)
    assert browser.get(here).status_code == 404
    assert browser.get(path).status_code == 404
    assert browser.get(new, follow=True).status_code == 200


def test_party_papers_are_not_on_the_applicants_page(
    asked: tuple[DisclosureRequest, str], citizen: Person
) -> None:
    case, _ = asked
    DisclosureRequest.objects.filter(pk=case.pk).update(applicant=citizen.account)
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert "征求第三方意见告知书" in page
    assert "征求第三方意见书" not in page
    assert "玉溪某建设有限公司" not in page
    letter = case.documents.get(kind="third_party_letter")
    assert (
        citizen.client().get(f"/requests/{case.public_id}/documents/{letter.public_id}/").status_code == 404
    )
