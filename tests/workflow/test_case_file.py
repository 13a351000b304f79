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

from portal.cases.actions import inspect_file
from portal.cases.choices import FileStatus
from portal.cases.ledger import verify_cases
from portal.cases.models import CaseFile
from portal.core.errors import StepRefused
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.case_file import NotReady
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
    found = CaseArchive.objects.select_related("file").filter(request=case).order_by("-number").first()
    assert found is not None
    return found


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


# not too early, and again -----------------------------------------------------------------------------------


def with_attachments(office: Unit, clerk: Person) -> DisclosureRequest:
    """A request with a text file and a void receipt, withdrawn; the jobs that check and render have not run."""
    case = actions.submit(
        unit=office,
        answers=answers(),
        key="case-file-test-key-02",
        actor=clerk.actor,
        at=moment("2026-02-09"),
        uploads=[Upload("说明.txt", "清单".encode())],
    ).case
    actions.register(
        case=case,
        received_on=date(2026, 2, 9),
        channel="online",
        evidence="平台确认",
        actor=clerk.actor,
        at=moment("2026-02-09", 11),
    )
    return case


def test_file_waits_for_an_attachment_in_quarantine(office: Unit, clerk: Person) -> None:
    """《玉溪市政府信息公开发布制度》第十五条: a file bound on 2026-02-11 without what is still being checked is not whole."""
    case = with_attachments(office, clerk)
    actions.withdraw(case=case, reason="来信撤回", actor=clerk.actor, at=moment("2026-02-10"))
    run_due()
    file = case.files.get()
    CaseFile.objects.filter(pk=file.pk).update(status=FileStatus.QUARANTINED)
    row = actions.archive(case=case, actor=clerk.actor, at=moment("2026-02-11"))
    with pytest.raises(NotReady, match=r"说明\.txt"):
        actions.make_case_file(archive_id=row.pk, at=moment("2026-02-11"))
    row.refresh_from_db()
    assert row.file is None
    inspect_file(file_id=file.pk, at=moment("2026-02-11", 11))
    actions.make_case_file(archive_id=row.pk, at=moment("2026-02-11", 12))
    row.refresh_from_db()
    assert row.file is not None
    assert f"file:{file.pk}" in row.holds["entries"]


def test_file_holds_void_papers_and_says_so(office: Unit, team: Team) -> None:
    """档案 hold what was declared void too: the receipt of 2026-02-09, void on 02-10, is bound and marked 作废."""
    case = with_attachments(office, team["clerk"])
    run_due()
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    actions.void_paper(
        case=case, document=paper, reason="日期有误", actor=team["approver"].actor, at=moment("2026-02-10")
    )
    actions.withdraw(case=case, reason="来信撤回", actor=team["clerk"].actor, at=moment("2026-02-10", 14))
    run_due()
    kept = filed(case, team, on="2026-02-11")
    assert f"paper:{paper.pk}:void" in kept.holds["entries"]
    assert kept.file is not None
    listed = re.sub(r"\s", "", "".join(text_of(kept.file.read())[1:3]))
    assert "作废，理由：日期有误" in listed


def test_what_comes_after_filing_makes_a_further_volume(office: Unit, team: Team) -> None:
    """行政复议法第二十条: filed 2026-04-01, a reconsideration on 2026-04-20 pends; a paper of 05-06 comes: 补卷一 holds it alone."""
    case = answered(office, team)
    clerk = team["clerk"].actor
    first = filed(case, team)
    with pytest.raises(StepRefused, match="没有新的材料"):
        actions.archive(case=case, actor=clerk, at=moment("2026-04-02"))
    actions.record_remedy(
        case=case,
        kind="reconsideration",
        body="玉溪市人民政府",
        filed_on=date(2026, 4, 20),
        actor=clerk,
        at=moment("2026-04-20"),
    )
    actions.ask_fix(case=case, wrong="年龄", evidence="户口簿", actor=clerk, at=moment("2026-04-21"))
    actions.decide_fix(case=case, decision="corrected", answer="已改。", actor=clerk, at=moment("2026-05-06"))
    run_due()
    second = filed(case, team, on="2026-05-07")
    assert (first.number, second.number, second.title) == (1, 2, "卷宗（补卷一）")
    notice = OfficialDocument.objects.get(case=case, kind="fix_notice")
    assert second.holds == {"entries": [f"paper:{notice.pk}"]}
    assert second.file is not None
    words = re.sub(r"\s", "", "".join(text_of(second.file.read())))
    assert (
        "前卷之后的办理记录：2026年4月20日登记复议、诉讼；2026年4月21日要求更正记录；2026年5月6日处理更正要求。"
        in words
    )
    page = team["clerk"].client().get(f"/workbench/requests/{case.public_id}/").content.decode()
    assert "下载卷宗（补卷一）" in page
    url = f"/workbench/requests/{case.public_id}/case-file/"
    assert team["clerk"].client().get(url, {"number": "1"}).status_code == 200
    assert team["clerk"].client().get(url, {"number": "3"}).status_code == 404
    assert list(verify_cases()) == []


def test_paper_that_becomes_void_after_filing_is_bound_again_as_void(office: Unit, team: Team) -> None:
    """Filed 2026-04-01 with a valid reply, void on 2026-04-10: the further volume holds it marked, without a delivery."""
    case = answered(office, team)
    filed(case, team)
    paper = OfficialDocument.objects.get(case=case, kind__endswith="_reply")
    actions.void_paper(
        case=case, document=paper, reason="文号有误", actor=team["approver"].actor, at=moment("2026-04-10")
    )
    second = filed(case, team, on="2026-04-13")
    assert second.holds == {"entries": [f"paper:{paper.pk}:void"]}
