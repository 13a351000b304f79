"""The Word file of a paper says what its page says."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from portal.documents.docx import blocks, docx_of
from portal.documents.kinds import KINDS
from portal.documents.models import OfficialDocument
from portal.documents.samples import sample_page
from portal.units.models import Unit
from requests_app import actions
from tests.cast import Person, moment
from tests.factories.requests_app import NAME, answered, handled


def words(data: bytes) -> str:
    """All the words of a Word file, tables included."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_reply_as_word_file(office: Unit, clerk: Person, team: dict[str, Person]) -> None:
    paper = OfficialDocument.objects.get(case=answered(office, team), kind="disclose_reply")
    data = docx_of(paper)
    text = words(data)
    for part in (
        "玉溪市人民政府办公室",
        "政府信息公开告知书",
        paper.number,
        f"{NAME}：",
        "清单共12项",
        "60日内",
    ):
        assert part in text
    assert "2026年3月6日" in text
    assert "{{" not in text
    assert "{%" not in text
    page = Document(io.BytesIO(data)).sections[0]
    assert (round(page.page_width / Mm(1)), round(page.left_margin / Mm(1))) == (210, 28)


def test_table_of_a_fee_notice_is_a_table(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    actions.charge_fee(
        case=case,
        tariff="by_page",
        count=250,
        earlier=0,
        reason="共250页",
        ways="到政务服务大厅缴纳",
        actor=clerk.actor,
        at=moment("2026-03-02"),
    )
    paper = OfficialDocument.objects.get(case=case, kind="fee_notice")
    table = Document(io.BytesIO(docx_of(paper))).tables[0]
    assert [cell.text for cell in table.rows[2].cells] == ["31至100页（含100页）", "70", "10", "700"]


def test_hostile_words_stay_words(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk, information_name='<w:p>{{ 7*7 }} & "清单"')
    paper = OfficialDocument.objects.get(case=case, kind="receipt")
    assert '<w:p>{{ 7*7 }} & "清单"' in words(docx_of(paper))


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_has_words_or_a_table(code: str) -> None:
    assert blocks(sample_page(KINDS[code]))


def test_word_file_numbers_its_pages_odd_right_even_left(office: Unit, team: dict[str, Person]) -> None:
    """GB/T 9704-2012 7.5: 14 pt, — 1 —, odd pages right and even pages left, one character in."""
    paper = OfficialDocument.objects.get(case=answered(office, team), kind="disclose_reply")
    document = Document(io.BytesIO(docx_of(paper)))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        (line,) = footer.paragraphs
        assert line.alignment == align
        assert line.text == "—  —"
        assert "PAGE" in line._element.xml
        assert {run.font.size for run in line.runs} == {Pt(14)}


def test_numbered_heads_of_a_word_file_have_the_faces_of_their_level(
    office: Unit, team: dict[str, Person]
) -> None:
    paper = OfficialDocument.objects.get(case=answered(office, team), kind="receipt")
    document = Document(io.BytesIO(docx_of(paper)))
    (line,) = [found for found in document.paragraphs if found.text.startswith("一、登记编号")]
    assert [(run.text, run.font.name) for run in line.runs] == [
        ("一、登记编号：", "黑体"),
        (f"{paper.case.number}。", "仿宋_GB2312"),
    ]
