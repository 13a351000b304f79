"""GB/T 9704-2012: 22 lines of 28 characters, the type area, page numbers, rare characters on the grid."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from datetime import date

import pypdfium2
import pytest

from portal.documents.kinds import KINDS
from portal.documents.render.heads import split_head
from portal.documents.render.pages import page
from portal.documents.render.worker import render_pdf
from portal.documents.samples import CONTACT, UNIT, sample_page

MM = 72 / 25.4
PAGE_HEIGHT = 297 * MM


def letter(body: str) -> bytes:
    """A reply with that body."""
    kind = KINDS["disclose_reply"]
    html = page(
        kind,
        facts={**kind.sample, "body": body},
        number="玉政办公开〔2026〕12号",
        addressee="梁䶮",
        unit=UNIT,
        contact=CONTACT,
        issued_on=date(2026, 3, 16),
        verify_code="ABCDEFGHJKLM",
    )
    return render_pdf(html)


def lines_of(data: bytes, index: int) -> list[list[tuple[float, float, str]]]:
    """Body characters of a page as lines from the top: (left, right, character) in points."""
    textpage = pypdfium2.PdfDocument(data)[index].get_textpage()
    rows: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    for number in range(textpage.count_chars()):
        left, bottom, right, top = textpage.get_charbox(number, loose=True)
        sign = textpage.get_text_range(number, 1)
        if sign.strip() and top > 35 * MM:
            rows[round((bottom + top) / 2 / 28.98)].append((left, right, sign))
    return [sorted(rows[key]) for key in sorted(rows, reverse=True)]


@pytest.fixture(scope="module")
def long_letter() -> bytes:
    """Three pages of plain text without a paragraph's end on page two."""
    return letter("政" * 1500)


def test_full_page_has_22_lines_of_28_characters(long_letter: bytes) -> None:
    lines = lines_of(long_letter, 1)
    assert [len(line) for line in lines] == [28] * 22


def test_lines_fill_the_type_area(long_letter: bytes) -> None:
    for line in lines_of(long_letter, 1):
        assert line[0][0] / MM == pytest.approx(28.0, abs=0.5)
        assert line[-1][1] / MM == pytest.approx(184.0, abs=0.8)


def test_rare_characters_keep_the_grid() -> None:
    plain = lines_of(letter("政" * 1500), 1)
    rare = lines_of(letter(("政" * 13 + "䶮𬭎㛃堃") * 88), 1)
    assert len(rare) == len(plain) == 22
    shown = "".join(sign for line in rare for _, _, sign in line)
    for sign in "䶮㛃堃":
        assert sign in shown


def test_page_numbers_stand_outside_and_alternate(long_letter: bytes) -> None:
    document = pypdfium2.PdfDocument(long_letter)
    for index, expected in ((0, "right"), (1, "left"), (2, "right")):
        textpage = document[index].get_textpage()
        found = textpage.search(f"— {index + 1} —").get_next()
        assert found is not None, index
        left, _, _, top = textpage.get_charbox(found[0])
        assert top < 35 * MM
        assert ("left" if left < 105 * MM else "right") == expected


def test_letter_text_survives_in_reading_order() -> None:
    words = "甲乙丙丁，戊己庚辛。䶮𬭎㛃堃昇喆。"
    document = pypdfium2.PdfDocument(letter(words))
    text = "".join("".join(part.get_textpage().get_text_range().split()) for part in document)
    assert words in text


BOTTOM = 35 * MM
LINE = 28.98
LONG_TABLES = {"case_contents", "annual_report"}


def lowest(data: bytes, index: int) -> float:
    """How many lines are empty below the last one of a page, within the 22."""
    textpage = pypdfium2.PdfDocument(data)[index].get_textpage()
    bottoms = [
        textpage.get_charbox(number)[1]
        for number in range(textpage.count_chars())
        if textpage.get_text_range(number, 1).strip() and textpage.get_charbox(number)[1] > BOTTOM - 2
    ]
    return (min(bottoms) - BOTTOM) / LINE


@pytest.mark.parametrize("code", sorted(set(KINDS) - LONG_TABLES))
def test_no_paper_leaves_more_than_two_lines_before_a_break(code: str) -> None:
    data = render_pdf(sample_page(KINDS[code]))
    pages = len(pypdfium2.PdfDocument(data))
    assert [round(lowest(data, number), 1) for number in range(pages - 1) if lowest(data, number) > 2.5] == []


@pytest.mark.one_engine
def test_letter_of_any_length_keeps_its_lines_together_and_its_sign_off_complete() -> None:
    """One to forty more lines: never more than two lines empty, never a page with the sign-off alone."""
    for count in range(1, 41):
        data = letter("\n".join(["政" * 20] * count))
        document = pypdfium2.PdfDocument(data)
        texts = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
        for number in range(len(document) - 1):
            assert lowest(data, number) < 2.5, (count, number)
        assert "特此告知。" in texts[-1], count
        for words in (UNIT, "2026年3月16日", "ABCD-EFGH-JKLM", "联系电话：0877-12345", "（653100）"):
            assert words in texts[-1], (count, words)


def test_unbroken_words_stay_inside_the_type_area() -> None:
    """A long address wraps in the body, in the number, in the title of what was asked."""
    long = "https://portal.example/" + "a1b2c3d4" * 30
    data = letter(f"详见{long}。\n{'Ａ' * 90}")
    for sheet in pypdfium2.PdfDocument(data):
        textpage = sheet.get_textpage()
        for number in range(textpage.count_chars()):
            if textpage.get_text_range(number, 1).strip():
                assert textpage.get_charbox(number)[2] / MM < 184.5


@pytest.mark.parametrize("code", sorted(KINDS))
def test_no_sign_of_any_paper_passes_the_margins(code: str) -> None:
    for sheet in pypdfium2.PdfDocument(render_pdf(sample_page(KINDS[code]))):
        textpage = sheet.get_textpage()
        for number in range(textpage.count_chars()):
            if textpage.get_text_range(number, 1).strip():
                left, _, right, _ = textpage.get_charbox(number)
                assert left / MM > 27.5, textpage.get_text_range(number, 1)
                assert right / MM < 184.5, textpage.get_text_range(number, 1)


def faces_of(data: bytes) -> dict[str, str]:
    """The face of every sign that stands at the beginning of a line, by the line's first three signs."""
    found: dict[str, str] = {}
    for sheet in pypdfium2.PdfDocument(data):
        textpage = sheet.get_textpage()
        text = textpage.get_text_range()
        for match in re.finditer(
            r"(?m)^\s*((?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(?![项款目])[^项款目]?)", text
        ):
            size = ctypes.create_string_buffer(120)
            flags = ctypes.c_int()
            pypdfium2.raw.FPDFText_GetFontInfo(textpage.raw, match.start(1), size, 120, flags)
            found[match[1]] = size.value.decode().rpartition("+")[2]
    return found


@pytest.mark.parametrize("code", sorted(KINDS))
def test_first_level_is_hei_and_second_is_kai_everywhere(code: str) -> None:
    wrong = {
        head: face
        for head, face in faces_of(render_pdf(sample_page(KINDS[code]))).items()
        if face != ("Doc-Kai" if head.startswith("（") else "Doc-Hei")
    }
    assert wrong == {}


def test_head_runs_on_only_as_far_as_its_colon_or_full_stop() -> None:
    assert split_head("一、登记编号：G002。") == (1, "一、登记编号：", "G002。")
    assert split_head("十二、参加人") == (1, "十二、参加人", "")
    assert split_head("（三）其他事项。按规定办理。") == (2, "（三）其他事项。", "按规定办理。")
    assert split_head("二、您可以凭登记编号，查询办理情况。") == (
        1,
        "二、",
        "您可以凭登记编号，查询办理情况。",
    )
    assert split_head("第一、二条") == (0, "", "第一、二条")
