"""The query code: had again by four ways, kept as PDF, mail and text, one box for every receipt, a mail's link that works."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.cases.intake import opens
from portal.cases.models import Case, CaseEvent
from portal.core.actors import GUEST
from portal.core.numbering import grouped
from portal.jobs.outbox import run_due
from portal.messaging.models import Channel, Message
from portal.messaging.strangers import is_confirmed
from portal.units.choices import Role
from portal.units.models import Unit
from portal.web.models import GuestLimit
from portal.web.proof import solve
from requests_app import actions
from tests.cast import Person, moment, person
from tests.factories.mailbox import EMAIL, GOOD, NAME, PHONE
from tests.factories.requests_app import answers

TRACK, LOST = "/requests/track/", "/track/code/"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    settings.PORTAL_PROOF_NUMBER = 20
    kept = {"now": moment("2026-03-05")}
    monkeypatch.setattr("django.utils.timezone.now", lambda: kept["now"])
    monkeypatch.setattr("altcha.v1.time.time", lambda: kept["now"].timestamp())
    return kept


def requested(office: Unit, **changes: Any) -> Any:
    key = f"code-key-{Case.objects.count():012d}"
    return actions.submit(
        unit=office, answers=answers(**changes), key=key, actor=GUEST, at=moment("2026-03-02")
    )


def shown_code(page: str) -> str:
    found = re.search(r'class="code">([^<]+)<', page)
    return found[1] if found else ""


def track(number: str, code: str, url: str = TRACK, **more: str) -> Any:
    return Client().post(url, {"number": number, "code": code, **more})


# had again ---------------------------------------------------------------------------------------------------------


def test_code_is_had_again_by_the_mail_address_that_was_left(office: Unit, client: Client) -> None:
    sent = requested(office, email=EMAIL)
    before = Message.objects.count()
    asked = client.post(LOST, {"number": sent.case.number, "contact": EMAIL.upper()})
    assert "链接已经发出，30分钟内有效" in asked.content.decode()
    assert Message.objects.count() == before + 1
    link = Message.objects.latest("id").secret_link
    browser = Client()
    looked = browser.get(link)
    assert sent.case.number in looked.content.decode()
    assert opens(Case.objects.get(), sent.code), "looking changes nothing"
    shown = browser.post(link, follow=True).content.decode()
    code = shown_code(shown)
    assert opens(Case.objects.get(), code) and not opens(Case.objects.get(), sent.code)
    assert browser.get(link).status_code == 404, "the link is good once"
    assert track(sent.case.number, code).status_code == 302
    event = CaseEvent.objects.get(kind="renew_code")
    assert (event.facts["way"], event.to_state) == ("link", "submitted")


def test_code_is_had_again_by_telephone(office: Unit, client: Client) -> None:
    sent = requested(office, phone="13800000000")
    client.post(LOST, {"number": sent.case.number, "contact": "138 0000 0000"})
    assert (
        Message.objects.filter(channel=Channel.SMS).latest("id").secret_link.startswith("/track/code/link/")
    )


def test_link_is_good_for_half_an_hour(office: Unit, client: Client, now: Any) -> None:
    sent = requested(office, email=EMAIL)
    client.post(LOST, {"number": sent.case.number, "contact": EMAIL})
    link = Message.objects.latest("id").secret_link
    now["now"] += timedelta(minutes=30)
    assert client.get(link).status_code == 200
    now["now"] += timedelta(minutes=1)
    assert client.get(link).status_code == client.post(link).status_code == 404


def test_nobody_learns_whether_number_and_contact_belong_together(office: Unit) -> None:
    sent = requested(office, email=EMAIL)
    before = Message.objects.count()
    pages = []
    for number, contact in ((sent.case.number, "other@example.org"), ("G999-2026-00001", EMAIL)):
        answer = Client().post(LOST, {"number": number, "contact": contact})
        pages.append((answer.status_code, re.sub(r'"[^"]*"', "", answer.content.decode())))
    good = Client().post(LOST, {"number": sent.case.number, "contact": EMAIL})
    pages.append((good.status_code, re.sub(r'"[^"]*"', "", good.content.decode())))
    assert pages[0] == pages[1] == pages[2]
    assert Message.objects.count() == before + 1


def test_asking_again_and_again_sends_three_links_a_day(office: Unit, now: Any) -> None:
    sent = requested(office, email=EMAIL)
    GuestLimit.objects.filter(code="email_day").update(most=100)
    before = Message.objects.count()
    for hour in range(10):
        now["now"] = moment("2026-03-05", 0) + timedelta(hours=2 * hour)
        browser = Client(REMOTE_ADDR=f"203.0.{hour}.1")
        page = browser.get(LOST)
        browser.post(
            LOST, {"number": sent.case.number, "contact": EMAIL, "proof": solve(page.context["proof"])}
        )
    assert Message.objects.count() - before == 3


def test_account_has_its_code_again(office: Unit, citizen: Person, outsider: Person) -> None:
    sent = actions.submit(
        unit=office, answers=answers(), key="own-code-key-00001", actor=citizen.actor, at=moment("2026-03-02")
    )
    url = reverse("code_own", args=[sent.case.public_id])
    assert "重新取得查询码" in citizen.client().get(f"/requests/{sent.case.public_id}/").content.decode()
    assert Client().post(url).status_code == 302
    assert outsider.client().post(url).status_code == 404
    shown = citizen.client().post(url, follow=True).content.decode()
    assert opens(Case.objects.get(), shown_code(shown))


def test_clerk_gives_it_in_person_with_an_event(office: Unit, clerk: Person, outsider: Person) -> None:
    sent = requested(office, email=EMAIL)
    url = reverse("code_in_person", args=[sent.case.public_id])
    assert outsider.client().get(url).status_code == 404
    assert url in clerk.client().get(f"/workbench/requests/{sent.case.public_id}/").content.decode()
    assert clerk.client().post(url, {"evidence": ""}).status_code == 400
    given = clerk.client().post(url, {"evidence": "核验居民身份证原件"})
    code = shown_code(given.content.decode())
    assert opens(Case.objects.get(), code)
    event = CaseEvent.objects.get(kind="renew_code")
    assert (event.facts, event.actor_id) == (
        {"way": "in_person", "evidence": "核验居民身份证原件"},
        clerk.account.pk,
    )
    assert "查询码已重新取得" in Message.objects.latest("id").subject


def test_who_wrote_a_confidential_report_is_not_met_through_a_code(office: Unit) -> None:
    from mailbox import actions as letters

    letter = {**GOOD, "letter_kind": "report", "confidential": True}
    letter.pop("key")
    sent = letters.submit(answers=letter, key="report-code-key-01", actor=GUEST, at=moment("2026-03-02"))
    url = reverse("code_in_person", args=[sent.case.public_id])
    assert person("mailbox-clerk", sent.case.unit, Role.CLERK).client().get(url).status_code == 403


# kept ----------------------------------------------------------------------------------------------------------------


def test_receipt_is_kept_as_pdf_and_by_mail_and_text(office: Unit, client: Client) -> None:
    page = client.post("/mailbox/write/", GOOD | {"email": EMAIL}, follow=True).content.decode()
    case = Case.objects.get()
    code = shown_code(page)
    pdf = client.get(reverse("receipt_pdf", args=[case.public_id]))
    text = pdfium.PdfDocument(pdf.content)[0].get_textpage().get_text_bounded().replace(" ", "")
    assert f"编号：{case.number}" in text and f"查询码：{code}" in text
    send = reverse("receipt_send", args=[case.public_id])
    Message.objects.all().delete()
    for way in ("mail", "sms"):
        client.post(send, {"way": way})
    rows = {row.channel: row for row in Message.objects.all()}
    assert set(rows) <= {Channel.MAIL, Channel.SMS}
    assert all(code in row.secret_text and code not in row.body for row in rows.values())
    assert Client().get(reverse("receipt_pdf", args=[case.public_id])).status_code == 404
    assert Client().post(send, {"way": "mail"}).status_code == 404


# one box ---------------------------------------------------------------------------------------------------------------


def test_mail_link_opens_tracking_with_the_number_in_any_browser(office: Unit, client: Client) -> None:
    client.post("/mailbox/write/", GOOD | {"email": EMAIL})
    run_due()
    case = Case.objects.get()
    body = next(sent.body for sent in mail.outbox if sent.to == [EMAIL])
    link = re.search(r"https?://[^/]+(/\S+)", body)
    assert link is not None
    other = Client()
    page = other.get(link[1]).content.decode()
    assert f'value="{case.number}"' in page
    carried = re.search(r'name="m" value="([^"]+)"', page)
    assert carried is not None and not is_confirmed(EMAIL)
    code = grouped(shown_code(client.get(reverse("mailbox:receipt", args=[case.public_id])).content.decode()))
    opened = track(str(case.number), code, "/mailbox/track/", m=carried[1])
    assert opened.url == reverse("mailbox:detail", args=[case.public_id])
    assert is_confirmed(EMAIL), "whoever came by the mail's link has read it"
    mine = client.get(link[1])
    assert mine.url == reverse("mailbox:detail", args=[case.public_id]), "the writer's own browser goes on"


def test_one_box_takes_requests_letters_and_error_reports(office: Unit, client: Client) -> None:
    asked = requested(office)
    page = client.post("/mailbox/write/", GOOD, follow=True).content.decode()
    letter, letter_code = Case.objects.get(kind="letter"), shown_code(page)
    form = client.get("/report-error/")
    told = {
        "page": "/guide/", "sort": "words", "text": "有错字", "key": "report-key-000000001",
        "proof": solve(form.context["proof"]),
    }  # fmt: skip
    page = client.post("/report-error/", told, follow=True).content.decode()
    report, report_code = Case.objects.get(number__startswith="E"), shown_code(page)
    for url in (TRACK, "/mailbox/track/"):
        for number, code, where in (
            (asked.case.number, asked.code, f"/requests/{asked.case.public_id}/"),
            (f" {str(letter.number).lower()} ", letter_code, f"/mailbox/{letter.public_id}/"),
            (report.number, report_code, f"/report-error/{report.public_id}/"),
        ):
            assert track(number, code, url).url == where
    assert NAME not in page and PHONE not in page
