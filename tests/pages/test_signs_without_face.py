"""A name with a sign that no free font has: told to the clerk before signing, printed as its code, never as a hole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
from django.urls import reverse

from portal.documents import actions as documents
from portal.documents.models import OfficialDocument
from portal.units.models import Unit
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled

UNKNOWN = "\U0002ebf0"


def test_clerk_is_told_and_paper_prints_the_code(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk, name=f"梁{UNKNOWN}")
    client = clerk.client()
    for page in (
        reverse("workbench_requests:detail", args=[case.public_id]),
        reverse("workbench_requests:step", args=[case.public_id, "draft-reply"]),
    ):
        shown = client.get(page).content.decode()
        assert "有字无法在文书中印出" in shown
        assert "文书中将印作［U+2EBF0］" in shown
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    documents.render(document_id=paper.pk, at=moment("2026-02-10"))
    paper.refresh_from_db()
    assert paper.file is not None
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper.file.read()))
    assert "梁［U+2EBF0］：" in text


def test_nobody_is_told_where_all_signs_have_a_face(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk, name="梁𠮷")
    shown = clerk.client().get(reverse("workbench_requests:detail", args=[case.public_id])).content.decode()
    assert "有字无法在文书中印出" not in shown
    assert DisclosureRequest.objects.get(pk=case.pk).name == "梁𠮷"


def test_pages_go_on_where_the_fonts_are_not(
    office: Unit, clerk: Person, settings: Any, tmp_path: Path
) -> None:
    """A web machine needs no fonts; the worker that renders does."""
    case = handled(office, clerk, name=f"梁{UNKNOWN}")
    settings.PORTAL_FONT_DIR = tmp_path
    answer = clerk.client().get(reverse("workbench_requests:detail", args=[case.public_id]))
    assert answer.status_code == 200
    assert "有字无法在文书中印出" not in answer.content.decode()
