"""The pages of disclosure on application: every rung of the access ladder, and nothing lost on bad input."""

from __future__ import annotations

import io
import re
import uuid
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.cases.choices import FileStatus
from portal.cases.intake import code_for
from portal.cases.models import CaseFile
from portal.core.actors import GUEST
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest, RequestDraft
from tests.cast import Person, moment
from tests.factories.requests_app import (
    IDENTITY,
    NAME,
    PHONE,
    answers,
    registered,
    submitted,
)

Team = dict[str, Person]
GOOD: dict[str, dict[str, str]] = {
    "unit": {"unit": "city-office"},
    "who": {"applicant_kind": "citizen"},
    "person": {"name": NAME, "identity_kind": "resident", "identity_number": IDENTITY},
    "contact": {"phone": PHONE, "email": "", "address": "", "postcode": ""},
    "information": {"information_name": "老旧小区改造清单", "information_number": "", "description": ""},
    "receive": {"form_wanted": "electronic", "delivery": "online"},
}


def pdf() -> bytes:
    """A small real PDF."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


def fill(client: Client, upto: str = "receive") -> None:
    """Answer the pages up to one of them."""
    client.get(reverse("requests:begin"))
    for step, data in GOOD.items():
        response = client.post(reverse("requests:new", args=[step]), data)
        assert response.status_code == 302, response.content.decode()
        if step == upto:
            return


def send(client: Client) -> Any:
    """Submit what has been filled in."""
    page = client.get(reverse("requests:check")).content.decode()
    draft = re.search(r'name="draft" value="([0-9a-f-]{36})"', page)
    assert draft is not None
    return client.post(reverse("requests:check"), {"draft": draft.group(1)})


def test_guest_submits_and_sees_number_code_and_dates(office: Unit, client: Client) -> None:
    fill(client)
    response = send(client)
    case = DisclosureRequest.objects.get()
    assert response.url == reverse("requests:receipt", args=[case.public_id])
    page = client.get(response.url).content.decode()
    draft = RequestDraft.objects.get()
    code = code_for(case.public_id, draft.submission_key)
    assert str(case.number) in page
    assert "-".join((code[:4], code[4:8], code[8:])) in page


def test_submit_twice_from_same_page_makes_one_case(office: Unit, client: Client) -> None:
    fill(client)
    draft = {"draft": str(RequestDraft.objects.get().public_id)}
    first = client.post(reverse("requests:check"), draft)
    second = client.post(reverse("requests:check"), draft)
    assert first.url == second.url
    assert DisclosureRequest.objects.count() == 1


def test_query_code_is_not_shown_to_another_browser(office: Unit, client: Client) -> None:
    fill(client)
    url = send(client).url
    assert Client().get(url).status_code == 404


def test_draft_holds_nothing_readable_in_the_database(office: Unit, client: Client) -> None:
    from django.contrib.sessions.models import Session
    from django.db import connection

    fill(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM requests_app_requestdraft")
        stored = cursor.fetchone()[0]
    sessions = "".join(str(row.get_decoded()) for row in Session.objects.all())
    for secret in (NAME, IDENTITY, PHONE):
        assert secret not in stored
        assert secret not in sessions


@pytest.mark.parametrize(
    ("step", "change", "sentence"),
    [
        ("unit", {"unit": ""}, "请选择受理机关"),
        ("unit", {"unit": "nowhere"}, "请从列表中选择受理机关"),
        ("who", {"applicant_kind": ""}, "请选择申请人类型"),
        ("person", {"identity_number": "110105194912310021"}, "居民身份证号码校验不通过"),
        ("person", {"identity_number": "123"}, "居民身份证号码应为18位"),
        ("contact", {"phone": "abc"}, "联系电话格式不正确"),
        ("contact", {"postcode": "12"}, "邮政编码应为6位数字"),
        ("information", {"information_name": ""}, "至少填写一项"),
        ("receive", {"delivery": "post"}, "选择邮寄的"),
    ],
)
def test_bad_answer_is_400_with_sentence_and_keeps_what_was_typed(
    office: Unit, client: Client, step: str, change: dict[str, str], sentence: str
) -> None:
    before = list(GOOD)[list(GOOD).index(step) - 1] if step != "unit" else ""
    if before:
        fill(client, before)
    response = client.post(reverse("requests:new", args=[step]), GOOD[step] | change)
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page
    typed = next((value for value in change.values() if value), "")
    if typed and step in ("person", "contact"):
        assert f'value="{typed}"' in page
    assert DisclosureRequest.objects.count() == 0


def test_refused_upload_leaves_no_row_and_says_why(office: Unit, client: Client) -> None:
    fill(client)
    bad = SimpleUploadedFile("合同.pdf", b"<html>not a pdf</html>")
    response = client.post(reverse("requests:new", args=["files"]), {"files": bad})
    assert response.status_code == 400
    assert "内容与文件类型不符" in response.content.decode()
    assert RequestDraft.objects.get().files.count() == 0


def test_upload_is_quarantined_until_checked(office: Unit, client: Client) -> None:
    fill(client)
    client.post(reverse("requests:new", args=["files"]), {"files": SimpleUploadedFile("材料.pdf", pdf())})
    send(client)
    entry = CaseFile.objects.get()
    url = reverse("requests:file", args=[entry.case.public_id, entry.public_id])
    assert entry.status == FileStatus.QUARANTINED
    assert client.get(url).status_code == 404
    run_due()
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_steps_out_of_order_lead_back_to_the_gap(office: Unit, client: Client) -> None:
    fill(client, "who")
    assert client.get(reverse("requests:check")).url == reverse("requests:new", args=["person"])


def test_organisation_is_asked_for_its_credit_code(office: Unit, client: Client) -> None:
    fill(client, "unit")
    client.post(reverse("requests:new", args=["who"]), {"applicant_kind": "organisation"})
    page = client.get(reverse("requests:new", args=["organisation"])).content.decode()
    assert "统一社会信用代码" in page
    assert client.get(reverse("requests:new", args=["person"])).status_code == 302


def _bare(response: Any, public_id: uuid.UUID) -> str:
    """A page without the address that was asked and without the form token."""
    page = response.content.decode().replace(str(public_id), "ID")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_account_sees_own_requests_and_drafts_only(office: Unit, citizen: Person) -> None:
    own = submitted(office, actor=citizen.actor, information_name="我要的信息")
    other = submitted(office, information_name="别人要的信息")
    browser = citizen.client()
    fill(browser, "unit")
    page = browser.get(reverse("requests:mine")).content.decode()
    assert str(own.number) in page
    assert str(other.number) not in page
    assert "继续填写" in page


def test_foreign_request_answers_like_an_unknown_one(office: Unit, citizen: Person) -> None:
    case = submitted(office)
    browser = citizen.client()
    foreign = browser.get(reverse("requests:detail", args=[case.public_id]))
    unknown_id = uuid.uuid4()
    unknown = browser.get(reverse("requests:detail", args=[unknown_id]))
    assert foreign.status_code == unknown.status_code == 404
    assert _bare(foreign, case.public_id) == _bare(unknown, unknown_id)


def test_track_opens_the_request_for_this_browser(office: Unit, client: Client) -> None:
    key = "tracking-submission-key"
    result = actions.submit(unit=office, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-09"))
    spaced = f" {result.code[:4].lower()} {result.code[4:]} "
    response = client.post(reverse("requests:track"), {"number": result.case.number, "code": spaced})
    assert response.url == reverse("requests:detail", args=[result.case.public_id])
    assert client.get(response.url).status_code == 200
    assert Client().get(response.url).status_code == 404


def test_wrong_code_and_unknown_number_say_the_same(office: Unit, client: Client) -> None:
    case = submitted(office)
    wrong = client.post(reverse("requests:track"), {"number": case.number, "code": "AAAA-BBBB-CCCC"})
    unknown = client.post(reverse("requests:track"), {"number": "G999-2026-99999", "code": "AAAA-BBBB-CCCC"})
    for response in (wrong, unknown):
        assert response.status_code == 400
        assert "编号或查询码不正确" in response.content.decode()


def test_sixth_wrong_code_is_refused_even_if_right(office: Unit, client: Client) -> None:
    key = "tracking-submission-key"
    result = actions.submit(unit=office, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-09"))
    for _ in range(5):
        client.post(reverse("requests:track"), {"number": result.case.number, "code": "AAAABBBBCCCC"})
    response = client.post(reverse("requests:track"), {"number": result.case.number, "code": result.code})
    assert response.status_code == 429
    assert "15分钟" in response.content.decode()


def test_withdraw_page_withdraws(office: Unit, citizen: Person) -> None:
    case = submitted(office, actor=citizen.actor)
    browser = citizen.client()
    url = reverse("requests:withdraw", args=[case.public_id])
    assert browser.get(url).status_code == 200
    response = browser.post(url, {"reason": "已找到", "version": case.version})
    assert response.status_code == 302
    assert DisclosureRequest.objects.get(pk=case.pk).state == "withdrawn"


def test_document_is_downloaded_by_applicant_only(office: Unit, clerk: Person, citizen: Person) -> None:
    case = registered(office, clerk, actor=citizen.actor)
    run_due()
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    url = reverse("requests:document", args=[case.public_id, paper.public_id])
    assert citizen.client().get(url).content.startswith(b"%PDF-")
    assert Client().get(url).status_code == 404
