"""GB/T 9704-2012: 22 lines of 28 characters, the type area, page numbers, rare characters on the grid."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pypdfium2
import pytest

from portal.documents.kinds import KINDS
from portal.documents.render.pages import page
from portal.documents.render.worker import render_pdf
from portal.documents.samples import CONTACT, UNIT

MM = 72 / 25.4
PAGE_HEIGHT = 297 * MM


def letter(body: str) -> bytes:
    """A reply with that body."""
    kind = KINDS["disclose_reply"]
    html = page(
        kind,
        facts={**kind.sample, "body": body},
        number="玉政办公开〔2026〕第12号",
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
