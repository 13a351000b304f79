"""A stored paper with sealed values is looked at by few, with a reason, on record; what is erased is erased in it too."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.cases.models import Case
from portal.documents.actions import render
from portal.documents.docx import docx_of
from portal.documents.models import OfficialDocument
from portal.documents.proofs import _paper
from portal.jobs.outbox import run_due
from portal.privacy import retention
from portal.privacy.models import PersonalDataAccess
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app.models import CaseArchive, DisclosureRequest
from tests.cast import Person, moment, person
from tests.factories.mailbox import Hands, accepted, staffed  # noqa: F401  fixtures
from tests.factories.requests_app import answered, handled

AT = moment("2026-03-03")


def address(paper: OfficialDocument, kind: str = "document") -> str:
    """Where the unit downloads it."""
    return reverse(f"workbench_requests:{kind}", args=[paper.case.public_id, paper.public_id])


def form_of(case: DisclosureRequest) -> OfficialDocument:
    """The application form as it was handed in, drawn."""
    paper = OfficialDocument.objects.get(case=case, kind="application_form")
    render(document_id=paper.pk, at=AT)
    paper.refresh_from_db()
    return paper


def looks() -> list[tuple[str, str]]:
    """(field, reason) of every look on record."""
    return list(PersonalDataAccess.objects.order_by("pk").values_list("field", "reason"))


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.SECRECY_REVIEWER, Role.SUPERVISOR])
@pytest.mark.parametrize("kind", ["document", "docx"])
def test_form_with_the_identity_number_is_not_for_every_role(
    office: Unit, clerk: Person, role: Role, kind: str
) -> None:
    paper = form_of(handled(office, clerk))
    other = person("other", office, role).client()
    for answer in (other.get(address(paper, kind)), other.post(address(paper, kind), {"reason": "了解情况"})):
        assert answer.status_code == 403
    assert looks() == []


@pytest.mark.parametrize("kind", ["document", "docx"])
def test_form_is_handed_out_for_a_reason_that_is_recorded(office: Unit, clerk: Person, kind: str) -> None:
    case = handled(office, clerk)
    paper = form_of(case)
    browser = clerk.client()
    asked = browser.get(address(paper, kind))
    assert (asked.status_code, asked["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert case.identity_number not in asked.content.decode() and looks() == []
    assert browser.post(address(paper, kind), {"reason": ""}).status_code == 400
    assert browser.post(address(paper, kind), {"reason": "看"}).status_code == 400
    assert looks() == []
    given = browser.post(address(paper, kind), {"reason": "核对身份"})
    assert given.status_code == 200 and "text/html" not in given["Content-Type"]
    fields, reasons = zip(*looks(), strict=True)
    assert {"name", "identity_number", "phone", "address"} <= set(fields)
    assert set(reasons) == {"核对身份（下载《政府信息公开申请表》）"}


def test_paper_that_is_addressed_to_somebody_leaves_a_record(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    render(document_id=paper.pk, at=AT)
    assert clerk.client().get(address(paper))["Content-Type"] == "application/pdf"
    assert looks() == [("name", f"下载《{paper.title}》")]
    assert person("watching", office, Role.SUPERVISOR).client().get(address(paper)).status_code == 403


def test_letter_paper_with_the_name_leaves_a_record(hands: Hands) -> None:
    case = accepted(hands)
    paper = case.documents.get()
    render(document_id=paper.pk, at=AT)
    url = reverse("workbench_mailbox:document", args=[case.public_id, paper.public_id])
    assert hands.office_clerk.client().get(url)["Content-Type"] == "application/pdf"
    assert looks() == [("name", f"下载《{paper.title}》")]
    assert person("watching", hands.office, Role.SUPERVISOR).client().get(url).status_code == 404


def verified(paper: OfficialDocument, data: bytes) -> str:
    """What the public check page says to a file."""
    upload: Any = SimpleUploadedFile("x.pdf", data, content_type="application/pdf")
    return Client().post(reverse("verify"), {"code": paper.verify_code, "file": upload}).content.decode()


def test_erased_contacts_are_erased_in_the_stored_form(office: Unit, clerk: Person, team: Any) -> None:
    """Answered on 6 March 2026; six months and the margin are long over on 1 June 2032."""
    case = answered(office, team)
    phone, mail, home = case.phone, case.email, case.address
    assert phone and home
    paper = form_of(case)
    assert paper.file is not None
    first = paper.file.read()
    archive = CaseArchive.objects.create(
        request=case, number=1, through=1, ordered_by=clerk.account, ordered_at=AT, file=paper.file
    )
    assert retention.apply(at=moment("2032-06-01"))["request_contacts"] == 1
    paper.refresh_from_db()
    archive.refresh_from_db()
    assert (paper.file, archive.file) == (None, None)
    for value in filter(None, (phone, mail, home)):
        assert value not in str(paper.facts)
    assert case.identity_number in str(paper.facts) and case.name in str(paper.facts)
    assert "（已按规定清除）" in str(paper.facts)
    assert phone.encode() not in docx_of(paper)
    assert list(_paper(paper)) == [], "the nightly proof knows of it"
    render(document_id=paper.pk, at=moment("2032-06-02"))
    paper.refresh_from_db()
    assert paper.file is not None and paper.file.read() != first
    assert "与平台留存的原件一致" in verified(paper, first) or "一致" in verified(paper, first)
    assert "一致" in verified(paper, paper.file.read())
    assert Case.objects.get(pk=case.pk).last_seq > 0 and run_due() >= 0
