"""Failed redactions are found and clean files let through: each kind of the corpus once, and the figures by hand."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pikepdf
import pypdfium2
import pytest
from docx.enum.text import WD_COLOR_INDEX
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from PIL import ImageFont

from bench import redaction_clean, redaction_office, redaction_pdfs
from bench.redaction_pdfs import Sheet
from portal.publishing.inspection import CannotRegenerate, Outcome, inspect, let_out, regenerate
from portal.publishing.inspection.inspecting import DOCX, PDF, PLAIN, XLSX

pytestmark = pytest.mark.one_engine

HIDING = {"covered_text", "invisible_text", "hidden_cells", "hidden_sheet"}


def rng() -> random.Random:
    return random.Random(16)


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("kind", sorted(redaction_pdfs.BAD))
def test_failed_redaction_of_pdf_is_found(kind: str) -> None:
    passage = let_out(redaction_pdfs.BAD[kind](Sheet(rng())), media_type=PDF, name="合同.pdf")
    assert {entry.code for entry in passage.findings} & HIDING
    assert passage.findings[0].page in (0, 1)


@pytest.mark.parametrize("kind", sorted(redaction_clean.CLEAN))
def test_clean_pdf_is_let_through(kind: str) -> None:
    data = redaction_clean.CLEAN[kind](Sheet(rng()))
    passage = let_out(data, media_type=PDF, name="合同.pdf")
    assert not {entry.code for entry in passage.findings} & HIDING
    assert passage.copy is not None
    assert text_of(passage.copy.data).split() == text_of(data).split()


@pytest.mark.parametrize("kind", sorted(redaction_office.WORD_BAD))
def test_failed_redaction_of_word_is_found(kind: str) -> None:
    data = redaction_office.word(redaction_office.WORD_BAD[kind], rng())
    assert {entry.code for entry in inspect(data, media_type=DOCX, name="说明.docx").findings} & HIDING


@pytest.mark.parametrize("kind", sorted(redaction_office.WORD_CLEAN))
def test_clean_word_is_let_through(kind: str) -> None:
    data = redaction_office.word(redaction_office.WORD_CLEAN[kind], rng())
    assert let_out(data, media_type=DOCX, name="说明.docx").outcome == Outcome.PASSED


@pytest.mark.parametrize("kind", sorted(redaction_office.EXCEL_BAD))
def test_failed_redaction_of_excel_is_found_and_not_in_the_copy(kind: str) -> None:
    data = redaction_office.excel(redaction_office.EXCEL_BAD[kind], rng())
    found = inspect(data, media_type=XLSX, name="名单.xlsx").findings
    assert {entry.code for entry in found} & HIDING
    copy = regenerate(data, media_type=XLSX, name="名单.xlsx", title="名单").data
    assert not {entry.code for entry in inspect(copy, media_type=XLSX, name="名单.xlsx").findings} & HIDING


@pytest.mark.parametrize("kind", sorted(redaction_office.EXCEL_CLEAN))
def test_clean_excel_keeps_all_values(kind: str) -> None:
    data = redaction_office.excel(redaction_office.EXCEL_CLEAN[kind], rng())
    passage = let_out(data, media_type=XLSX, name="名单.xlsx")
    assert passage.outcome == Outcome.PASSED
    assert passage.copy is not None
    before, after = (openpyxl.load_workbook(io.BytesIO(part)).active for part in (data, passage.copy.data))
    assert before is not None and after is not None
    assert [[cell for cell in row if cell is not None] for row in after.values] == [
        [cell for cell in row if cell is not None] for row in before.values
    ]


def test_black_highlight_is_refused_with_sentence() -> None:
    def change(run: Any, document: Any) -> None:
        run.font.highlight_color = WD_COLOR_INDEX.BLACK

    with pytest.raises(CannotRegenerate, match="有文字被涂上深色底纹或者突出显示，复制即可看到"):
        regenerate(redaction_office.word(change, rng()), media_type=DOCX, name="a.docx", title="a")


def test_dates_of_the_1904_system_stay() -> None:
    import datetime as dt

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = dt.date(2026, 3, 16)
    out = io.BytesIO()
    book.save(out)
    copy = regenerate(out.getvalue(), media_type=XLSX, name="a.xlsx", title="a").data
    made = openpyxl.load_workbook(io.BytesIO(copy)).active
    assert made is not None
    assert str(made["A1"].value)[:10] == "2026-03-16"


def test_merged_title_row_keeps_all_columns() -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(0, 3)).text = "项目一览"
    for row in range(1, 4):
        for column in range(4):
            table.cell(row, column).text = f"值{row}{column}"
    table.cell(1, 0).text = "上下"
    table.cell(1, 0).merge(table.cell(2, 0))
    out = io.BytesIO()
    document.save(out)
    text = text_of(regenerate(out.getvalue(), media_type=DOCX, name="a.docx", title="表").data)
    expected = (
        ["项目一览", "上下"] + [f"值{row}{column}" for row in (1, 2, 3) for column in (1, 2, 3)] + ["值30"]
    )
    assert [word for word in expected if word not in text] == []


@pytest.mark.parametrize("kind", [PLAIN, DOCX])
def test_long_address_is_no_invisible_text(kind: str) -> None:
    address = "https://portal.example/" + "a1b2c3d4e5" * 20
    if kind == PLAIN:
        data = f"详见{address}。".encode()
    else:
        document = docx.Document()
        document.add_paragraph(f"详见{address}。")
        out = io.BytesIO()
        document.save(out)
        data = out.getvalue()
    passage = let_out(data, media_type=kind, name="a.txt" if kind == PLAIN else "a.docx")
    assert (passage.outcome, passage.problem) == (Outcome.PASSED, "")
    assert passage.copy is not None
    assert "".join(text_of(passage.copy.data).split()).count("a1b2c3d4e5") == 20


def test_words_of_a_scan_stay_in_the_copy_and_its_language_too() -> None:
    with pikepdf.open(io.BytesIO(redaction_clean.CLEAN["scan, words over"](Sheet(rng())))) as document:
        document.Root.Lang = pikepdf.String("en-GB")
        out = io.BytesIO()
        document.save(out)
    copy = regenerate(out.getvalue(), media_type=PDF, name="a.pdf", title="a").data
    assert "Office of Works" in text_of(copy)
    with pikepdf.open(io.BytesIO(copy)) as made:
        assert str(made.Root.Lang) == "en-GB"


def test_label_of_a_program_is_no_hidden_text() -> None:
    def painted(words: str) -> bytes:
        sheet = Sheet(rng())
        sheet.secret = words
        return redaction_pdfs.box_before(sheet, "0 g")

    codes: Callable[[bytes], set[str]] = lambda data: {  # noqa: E731
        entry.code for entry in inspect(data, media_type=PDF, name="a.pdf").findings
    }
    assert codes(painted("REDACTED")) == set()
    assert codes(painted("Zhang Weimin")) == {"covered_text"}


def test_corpus_is_large_enough_and_draws_with_a_face() -> None:
    bad = len(redaction_pdfs.BAD) + len(redaction_office.WORD_BAD) + len(redaction_office.EXCEL_BAD)
    clean = len(redaction_clean.CLEAN) + len(redaction_office.WORD_CLEAN) + len(redaction_office.EXCEL_CLEAN)
    assert (bad * 2 >= 60, clean * 2 >= 60) == (True, True)
    assert isinstance(ImageFont.load_default(20), ImageFont.FreeTypeFont)
