"""Papers of an older rendering: drawn anew beside the first file, marked, known to the verify page, never replaced."""

from __future__ import annotations

import hashlib
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.cases.ledger import verify_cases
from portal.cases.models import CaseEvent
from portal.documents import actions, corrections
from portal.documents.models import RENDERING, CorrectedRendering, OfficialDocument
from portal.documents.queries import file_of
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.requests_app import handled

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(office: Unit, clerk: Person) -> OfficialDocument:
    """A receipt as it lay in the portal before: rendering 1, its file made."""
    paper = OfficialDocument.objects.get(case=handled(office, clerk), kind="receipt")
    actions.render(document_id=paper.pk, at=moment("2026-02-10"))
    OfficialDocument.objects.filter(pk=paper.pk).update(rendering=1)
    paper.refresh_from_db()
    return paper


def words(data: bytes) -> str:
    return "".join(
        "".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(data)
    )


def test_job_finds_old_papers_and_draws_them_beside_the_first_file(old: OfficialDocument) -> None:
    assert old.file is not None
    first = old.file.read()
    before = old.case.events.count()
    assert list(corrections.waiting()) == [old]
    assert corrections.promise_corrections() == 1
    run_due()
    made = CorrectedRendering.objects.get()
    old.refresh_from_db()
    assert old.file.read() == first
    assert (made.document, made.rendering, made.same_words) == (old, RENDERING, True)
    data = made.file.read()
    text = words(data)
    assert "版式更正件" in text
    assert hashlib.sha256(first).hexdigest() in text
    assert old.number in text
    event = CaseEvent.objects.get(case=old.case, kind="correct_rendering")
    assert event.facts["original"] == hashlib.sha256(first).hexdigest()
    assert event.facts["corrected"] == hashlib.sha256(data).hexdigest()
    assert old.case.events.count() == before + 1
    assert list(verify_cases(str(old.case.public_id))) == []
    assert file_of(old) == made.file
    assert file_of(old, original=True) == old.file


def test_correcting_twice_makes_one(old: OfficialDocument) -> None:
    for _ in range(2):
        corrections.correct(document_id=old.pk, at=moment("2026-11-30"))
    assert CorrectedRendering.objects.count() == 1
    assert CaseEvent.objects.filter(case=old.case, kind="correct_rendering").count() == 1
    assert corrections.promise_corrections() == 0


def test_paper_whose_words_have_changed_keeps_its_first_file_in_front(
    old: OfficialDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = corrections.page_for
    monkeypatch.setattr(
        corrections, "page_for", lambda paper, mark: page(paper, mark=mark).replace("特此", "兹此")
    )
    corrections.correct(document_id=old.pk, at=moment("2026-11-30"))
    assert CorrectedRendering.objects.get().same_words is False
    assert file_of(old) == old.file


def test_new_paper_waits_for_nothing(office: Unit, clerk: Person) -> None:
    paper = OfficialDocument.objects.get(case=handled(office, clerk), kind="receipt")
    actions.render(document_id=paper.pk, at=moment("2026-02-10"))
    paper.refresh_from_db()
    assert paper.rendering == RENDERING
    assert not corrections.waiting().exists()


def test_verify_page_knows_both_files(old: OfficialDocument) -> None:
    corrections.correct(document_id=old.pk, at=moment("2026-11-30"))
    made = CorrectedRendering.objects.get()
    assert old.file is not None
    said = {name: verified(old, data) for name, data in both(old, made).items()}
    assert "您上传的是本文书的版式更正件" in said["corrected"]
    assert "与出具时的文件逐字节相同" in said["original"]
    assert "文件内容不一致" in said["other"]
    assert all("制作了版式更正件" in page for page in said.values())


def both(old: OfficialDocument, made: CorrectedRendering) -> dict[str, bytes]:
    assert old.file is not None
    return {"original": old.file.read(), "corrected": made.file.read(), "other": made.file.read() + b"%"}


def verified(paper: OfficialDocument, data: bytes) -> str:
    upload: Any = SimpleUploadedFile("x.pdf", data, content_type="application/pdf")
    answer = Client().post(reverse("verify"), {"code": paper.verify_code, "file": upload})
    return answer.content.decode()


def test_clerk_gets_the_corrected_file_and_can_ask_for_the_first(
    old: OfficialDocument, clerk: Person
) -> None:
    corrections.correct(document_id=old.pk, at=moment("2026-11-30"))
    made = CorrectedRendering.objects.get()
    address = reverse("workbench_requests:document", args=[old.case.public_id, old.public_id])
    assert old.file is not None
    client = clerk.client()
    assert b"".join(client.get(address)) == made.file.read()
    assert b"".join(client.get(f"{address}?original=1")) == old.file.read()
    page = client.get(reverse("workbench_requests:detail", args=[old.case.public_id])).content.decode()
    assert "已制作版式更正件" in page
