"""The doors of a request: keys, files, units, links of parties, and who passed it on.

Received 10 February 2026, due 16 March.
"""

from __future__ import annotations

import logging
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mailbox import actions as letters
from mailbox.actions.intake import Upload as LetterFile
from portal.cases import actions as docket
from portal.cases.intake import KeyReused, code_for, key_digest, opens
from portal.cases.models import CaseEvent, CaseFile, Submission
from portal.core.actors import GUEST, PARTY
from portal.core.errors import NotFound
from portal.files import checks
from portal.messaging.models import Message
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Unit
from portal.web.logs import JsonFormatter
from requests_app import actions, queries
from requests_app.actions.intake import Upload
from requests_app.actions.parties import Party
from requests_app.models import Consultation, DisclosureRequest, RequestDraft
from tests.cast import SINCE, Person, moment
from tests.factories import mailbox as mail
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixtures
from tests.factories.requests_app import IDENTITY, NAME, PHONE, answers, handled, submitted
from tests.pages.test_request_pages import fill, pdf

KEY = "request-doors-key-0001"
SHOP = {
    "kind": "third_party",
    "name": "张三丰建材店",
    "asked": "合同",
    "send_by": "online",
    "email": "s@test.invalid",
}


def send(unit: Unit, *files: Upload, key: str = KEY) -> Any:
    """A request with these files, by the key."""
    return actions.submit(
        unit=unit, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-10"), uploads=files
    )


# N2: who passed it on -------------------------------------------------------------------------------------


def test_transfer_is_recorded_and_shown_as_the_former_units(
    office: Unit, housing: Unit, clerk: Person
) -> None:
    case = submitted(office)
    actions.transfer(case=case, unit=housing, reason="由其制作", actor=clerk.actor, at=moment("2026-02-10"))
    assert CaseEvent.objects.get(case=case, kind="transfer").unit_id == office.pk
    shown = {step.label: step.who for step in queries.citizen_timeline(case)}
    assert shown["转办"] == office.name
    assert case.unit == housing


# N4: the same key, other bytes ----------------------------------------------------------------------------


def test_same_key_and_name_with_other_bytes_is_refused(office: Unit) -> None:
    send(office, Upload("说明.txt", "一".encode()))
    with pytest.raises(KeyReused):
        send(office, Upload("说明.txt", "二".encode()))
    assert send(office, Upload("说明.txt", "一".encode())).repeated


def test_letter_with_the_same_key_and_name_and_other_bytes_is_refused(hands: Hands) -> None:
    def send_letter(text: str) -> Any:
        return letters.submit(
            answers=mail.answers(),
            key="doors-letter-0001",
            actor=GUEST,
            at=moment("2026-02-10"),
            uploads=[LetterFile("说明.txt", text.encode())],
        )

    send_letter("一")
    with pytest.raises(KeyReused):
        send_letter("二")
    assert send_letter("一").repeated


# N14: keys stand as digests -------------------------------------------------------------------------------


def test_submission_and_draft_hold_no_key_in_clear(office: Unit) -> None:
    with time_machine.travel(moment("2026-02-10"), tick=False):
        browser = Client()
        fill(browser)
        draft = RequestDraft.objects.get()
        key = draft.submission_key
        page = browser.get(reverse("requests:check"))
        browser.post(reverse("requests:check"), {"draft": page.context["draft"].public_id})
        receipt = browser.get(reverse("requests:receipt", args=[DisclosureRequest.objects.get().public_id]))
    draft.refresh_from_db()
    assert draft.key == key_digest(key) == Submission.objects.get(scope="disclosure").key
    assert key not in (draft.key, str(draft.public_id))
    case = DisclosureRequest.objects.get()
    assert opens(case, receipt.context["code"]) and opens(case, code_for(case.public_id, key))
    assert key not in str(dict(browser.session.items()))


def test_retry_by_the_clear_key_still_finds_the_submission(office: Unit) -> None:
    first = send(office)
    again = send(office)
    assert (again.case.pk, again.code, again.repeated) == (first.case.pk, first.code, True)


# N5: a clerk of two units ---------------------------------------------------------------------------------


@time_machine.travel(moment("2026-02-10"), tick=False)
def test_clerk_of_two_units_chooses_which_received_the_paper(
    office: Unit, housing: Unit, clerk: Person
) -> None:
    appoint(account=clerk.account, unit=housing, role=Role.CLERK, starts_on=SINCE)
    browser, url = clerk.client(), reverse("workbench_requests:enter")
    assert "收到申请的机关" in browser.get(url).content.decode()
    typed = {
        "channel": "in_person",
        "received_on": "2026-02-10",
        "evidence": "当面递交",
        "name": NAME,
        "identity_kind": "resident",
        "identity_number": IDENTITY,
        "phone": PHONE,
        "information_name": "清单",
        "form_wanted": "paper",
        "delivery": "in_person",
        "key": "doors-offline-000001",
    }
    for wrong in ({}, {"unit": "education"}):
        bad = browser.post(url, typed | wrong)
        assert bad.status_code == 400
        assert NAME in bad.content.decode()
    assert browser.post(url, typed | {"unit": "housing"}).status_code == 302
    assert DisclosureRequest.objects.get().unit == housing


@time_machine.travel(moment("2026-02-10"), tick=False)
def test_clerk_of_one_unit_is_not_asked_which(office: Unit, clerk: Person) -> None:
    page = clerk.client().get(reverse("workbench_requests:enter")).content.decode()
    assert "收到申请的机关" not in page
    assert f"由{office.name}登记" in page


# N6: no 500 from a document kind that is none -------------------------------------------------------------


@pytest.mark.parametrize("kind", ["", "x", "身份证"])
def test_unknown_document_kind_gives_a_sentence(kind: str) -> None:
    from requests_app import rules

    assert rules.identity_problem(kind, IDENTITY) == "请选择证件类型"


# N8: files that fail their check --------------------------------------------------------------------------


def test_rejected_authority_is_told_to_the_applicant_and_shown_to_the_clerk(
    office: Unit, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(office, Upload("授权委托书.pdf", pdf()))
    row = CaseFile.objects.get(case=sent.case)
    monkeypatch.setattr(checks, "inspect", lambda ending, data: "文件含有宏或者脚本")
    docket.inspect_file(file_id=row.pk, at=moment("2026-02-10", 11))
    docket.inspect_file(file_id=row.pk, at=moment("2026-02-10", 12))
    told = [entry for entry in Message.objects.all() if "附件" in entry.subject]
    assert sorted((entry.channel, entry.account_id) for entry in told) == [
        ("site", clerk.account.pk),
        ("sms", None),
    ]
    assert all("文件含有宏或者脚本" in entry.body and "委托书.pdf" not in entry.body for entry in told)
    with time_machine.travel(moment("2026-02-10"), tick=False):
        page = clerk.client().get(reverse("workbench_requests:detail", args=[sent.case.public_id]))
    assert "未通过安全检查：文件含有宏或者脚本" in page.content.decode()


def test_rejected_file_of_a_party_is_told_to_the_party_not_to_the_applicant(
    office: Unit, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = handled(office, clerk)
    actions.consult(case=case, party=Party(**SHOP), actor=clerk.actor, at=moment("2026-02-24"))
    asked = Consultation.objects.get(request=case)
    actions.take_opinion(
        case=case,
        consultation=asked,
        opinion="refuse",
        reason="商业秘密",
        actor=PARTY,
        at=moment("2026-02-25"),
        uploads=[Upload("合同.pdf", pdf())],
    )
    monkeypatch.setattr(checks, "inspect", lambda ending, data: "文件含有宏或者脚本")
    row = CaseFile.objects.get(case=case, role="opinion")
    docket.inspect_file(file_id=row.pk, at=moment("2026-02-25", 11))
    told = [entry for entry in Message.objects.all() if "附件" in entry.subject]
    assert {entry.address for entry in told} == {"", "s@test.invalid"}


def test_rejected_file_of_a_letter_is_told_to_its_writer(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = letters.submit(
        answers=mail.answers(),
        key="doors-letter-0002",
        actor=GUEST,
        at=moment("2026-02-10"),
        uploads=[LetterFile("照片.pdf", pdf())],
    ).case
    monkeypatch.setattr(checks, "inspect", lambda ending, data: "文件含有宏或者脚本")
    docket.inspect_file(file_id=CaseFile.objects.get(case=case).pk, at=moment("2026-02-10", 11))
    told = [entry for entry in Message.objects.all() if "附件" in entry.subject]
    assert {"sms", "site"} <= {entry.channel for entry in told}


# N9: a party's token --------------------------------------------------------------------------------------


def test_partys_link_runs_out_when_nothing_can_be_brought_any_more(office: Unit, clerk: Person) -> None:
    """Closed on 25 February 2026: six months (行政诉讼法第四十六条) run to 25 August 2026."""
    case = handled(office, clerk)
    path = actions.consult(case=case, party=Party(**SHOP), actor=clerk.actor, at=moment("2026-02-24"))
    token = path.split("/")[2]
    assert queries.find_consultation(token, date(2030, 1, 1)), "an open request keeps it"
    actions.withdraw(case=case, reason="书面撤回", actor=clerk.actor, at=moment("2026-02-25"))
    assert queries.find_consultation(token, date(2026, 8, 25))
    with pytest.raises(NotFound):
        queries.find_consultation(token, date(2026, 8, 26))
    with time_machine.travel(moment("2026-08-26"), tick=False):
        assert Client().get(path).status_code == 404
        assert Client().get("/api/v1/opinions/", headers={"Opinion-Token": token}).status_code == 404


def test_log_lines_hold_no_token(caplog: pytest.LogCaptureFixture) -> None:
    token = "Ab3-" * 10 + "xyz"
    record = logging.makeLogRecord({"msg": "Internal Server Error: %s", "args": (f"/opinions/{token}/",)})
    line = JsonFormatter().format(record)
    assert token not in line
    assert "/opinions/***/" in line
    kept = "/requests/0b5c0c5e-5d0e-4c53-9d0f-3c1b7e0f0a11/"
    assert kept in JsonFormatter().format(logging.makeLogRecord({"msg": kept}))


def test_access_log_of_the_front_server_leaves_tokens_out() -> None:
    """The map of deploy/nginx/portal.conf, read as the expression that it is."""
    text = (Path(__file__).parents[2] / "deploy/nginx/portal.conf").read_text(encoding="utf-8")
    found = re.search(r'"~(\^\(\?<head>.*?)" \$head\*\*\*;', text)
    assert found is not None
    pattern = re.compile(found[1].replace("?<head>", "?P<head>"))
    token = "Ab3-" * 10 + "xyz"
    assert pattern.sub(r"\g<head>***", f"/opinions/{token}/") == "/opinions/***"
    assert not pattern.search("/requests/0b5c0c5e-5d0e-4c53-9d0f-3c1b7e0f0a11/")
    assert "$request_uri $status" not in text and "access_log /var/log/nginx/portal.log portal;" in text
