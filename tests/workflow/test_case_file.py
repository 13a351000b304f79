"""The case file (卷宗): every paper and attachment in order, pages numbered through, contents and hashes that hold."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from portal.core.errors import StepRefused
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.intake import Upload
from requests_app.actions.sending import Handover
from requests_app.models import CaseArchive, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import answered, answers, signed

Team = dict[str, Person]


def picture() -> bytes:
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "green").save(out, "JPEG")
    return out.getvalue()


def text_of(data: bytes) -> list[str]:
    """The words on each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def filed(case: DisclosureRequest, team: Team, on: str = "2026-04-01") -> CaseArchive:
    """Archived, and the jobs done."""
    actions.archive(case=case, actor=team["clerk"].actor, at=moment(on))
    run_due()
    return CaseArchive.objects.select_related("file").get(request=case)


@pytest.mark.slow
def test_file_holds_every_paper_in_order_with_its_pages(office: Unit, team: Team) -> None:
    case = answered(office, team)
    kept = filed(case, team)
    assert kept.file is not None
    data = kept.file.read()
    assert hashlib.sha256(data).hexdigest() == kept.sha256
    pages = text_of(data)
    assert len(pages) == kept.pages
    assert "政府信息公开申请卷宗" in pages[0]
    assert "卷内目录" in pages[1]
    papers = list(OfficialDocument.objects.filter(case=case).order_by("id"))
    body = next(number for number, words in enumerate(pages) if "政府信息公开申请表" in words and number > 1)
    for number, words in enumerate(pages[body:], 1):
        assert str(number) in words, f"page {number} carries its number"
    listed = "".join(pages[1:body])
    for paper in papers:
        assert paper.title in re.sub(r"\s", "", listed)
        assert paper.file is not None
        assert paper.file.sha256 in re.sub(r"\s", "", listed)
    again = CaseArchive.objects.get(request=case)
    actions.make_case_file(archive_id=again.pk, at=moment("2026-04-02"))
    assert CaseArchive.objects.get(request=case).sha256 == kept.sha256, "made once"


@pytest.mark.slow
def test_pictures_become_pages_and_other_files_are_kept_inside(office: Unit, team: dict[str, Person]) -> None:
    clerk = team["clerk"]
    uploads = [Upload("现场.jpg", picture()), Upload("说明.txt", "清单".encode())]
    sent = actions.submit(
        unit=office,
        answers=answers(),
        key="case-file-test-key-01",
        actor=clerk.actor,
        at=moment("2026-02-09"),
        uploads=uploads,
    )
    actions.terminate(
        case=sent.case,
        reason="dissolution",
        evidence="注销证明",
        actor=team["approver"].actor,
        at=moment("2026-02-10"),
    )
    run_due()
    kept = filed(sent.case, {"clerk": clerk}, on="2026-02-11")
    assert kept.file is not None
    with pikepdf.open(io.BytesIO(kept.file.read())) as book:
        names = [name for name in book.attachments if name.endswith("说明.txt")]
        assert len(names) == 1
        assert book.attachments[names[0]].get_file().read_bytes().decode() == "清单"
    assert "电子件" in "".join(text_of(kept.file.read())[1])


def test_undelivered_reply_is_not_filed(office: Unit, team: Team) -> None:
    case = signed(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(delivery="in_person")
    case.delivery = "in_person"
    actions.issue_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    with pytest.raises(StepRefused, match="文书已制发，待送达"):
        actions.archive(case=case, actor=team["clerk"].actor, at=moment("2026-03-09"))
    actions.send_reply(
        case=case,
        handover=Handover("in_person", date(2026, 3, 9), signer="梁"),
        actor=team["clerk"].actor,
        at=moment("2026-03-09"),
    )
    actions.archive(case=case, actor=team["clerk"].actor, at=moment("2026-03-10"))
    with pytest.raises(StepRefused, match="已经立卷"):
        actions.archive(case=case, actor=team["clerk"].actor, at=moment("2026-03-11"))
