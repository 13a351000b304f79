"""What a PDF page holds and does not show: text under boxes, invisible text, hidden parts of pictures."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Name

from tests.unit.test_inspection_pdf import (
    annotated,
    changed,
    codes,
    drawn,
    found,
    latin,
    photographed,
    with_text,
)


@pytest.mark.parametrize(
    "box",
    [
        "0 g 95 145 150 24 re f",
        "1 0 0 rg 95 145 150 24 re f",
        "1 g 95 145 150 24 re f",
        "0 G 22 w 95 155 m 245 155 l S",
        "0 g 95 145 m 245 145 l 250 150 l 250 165 l 245 170 l 95 170 l 90 165 l 90 150 l h f",
    ],
    ids=["black", "red", "white", "thick line", "rounded"],
)
def test_text_under_a_box_is_found(box: str) -> None:
    result = found(with_text(f"BT /LatinTest 14 Tf 100 150 Td (13912345678) Tj ET {box}"))
    assert codes(result) == {"covered_text": "第1页"}
    assert result.blocks
    assert "11个字" in result.findings[0].message
    assert "13912345678" in result.text


def test_box_over_part_of_a_line_is_found() -> None:
    result = found(
        with_text("BT /LatinTest 14 Tf 100 150 Td (call 13912345678 now) Tj ET 0 g 130 145 85 24 re f")
    )
    assert codes(result) == {"covered_text": "第1页"}


def test_box_over_words_of_an_embedded_font_is_found() -> None:
    result = found(changed(drawn("0 g 60 560 400 120 re f")))
    assert codes(result) == {"covered_text": "第1页"}


def test_text_under_a_picture_is_found() -> None:
    def change(document: Any) -> None:
        latin(document)
        image = document.make_stream(
            b"\x80",
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1,
            Height=1,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )
        document.pages[0].add_resource(image, Name.XObject, Name.Cover)
        drawn("BT /LatinTest 14 Tf 100 150 Td (13912345678) Tj ET q 150 0 0 24 95 145 cm /Cover Do Q")(
            document
        )

    assert codes(found(changed(change))) == {"covered_text": "第1页"}


def test_text_under_a_box_inside_a_form_is_found() -> None:
    def change(document: Any) -> None:
        latin(document)
        form = document.make_stream(
            b"0 g 0 0 10 10 re f",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 10, 10],
            Matrix=[15, 0, 0, 3, 95, 142],
        )
        document.pages[0].add_resource(form, Name.XObject, Name.Cover)
        drawn("BT /LatinTest 14 Tf 100 150 Td (13912345678) Tj ET /Cover Do")(document)

    assert codes(found(changed(change))) == {"covered_text": "第1页"}


def test_text_on_a_coloured_ground_is_no_finding() -> None:
    content = "0.2 0.4 0.8 rg 95 145 150 24 re f 1 g BT /LatinTest 14 Tf 100 150 Td (white on blue) Tj ET"
    assert found(with_text(content)).findings == ()


def test_words_behind_other_letters_are_read_like_the_letters() -> None:
    content = "/Span <</ActualText (62220000)>> BDC BT /LatinTest 14 Tf 100 150 Td (13912345678) Tj ET EMC"
    result = found(with_text(content))
    assert result.findings == ()
    assert "62220000" in result.text
    assert "13912345678" in result.text


@pytest.mark.parametrize(
    "content",
    [
        "BT 3 Tr /LatinTest 14 Tf 100 150 Td (13912345678) Tj ET",
        "1 g BT /LatinTest 14 Tf 100 150 Td (13912345678) Tj ET",
        "BT /LatinTest 14 Tf 100 -80 Td (13912345678) Tj ET",
        "BT /LatinTest 0.8 Tf 100 150 Td (13912345678) Tj ET",
    ],
    ids=["mode 3", "white", "off the page", "tiny"],
)
def test_invisible_text_is_found(content: str) -> None:
    result = found(with_text(content))
    assert codes(result) == {"invisible_text": "第1页"}
    assert "13912345678" in result.text


def test_redaction_mark_over_text_is_covered_text() -> None:
    def change(document: Any) -> None:
        latin(document)
        drawn("BT /LatinTest 14 Tf 110 150 Td (13912345678) Tj ET")(document)
        annotated("Redact")(document)

    assert codes(found(changed(change))) == {"annotation": "第1页", "covered_text": "第1页"}


@pytest.mark.parametrize(
    ("after", "box"),
    [
        ("0 g 120 200 80 20 re f", "200 0 0 280 95 100"),
        ("q 60 0 0 20 120 200 cm /Shown Do Q", "200 0 0 280 95 100"),
        ("", "200 0 0 280 -60 100"),
        ("", "200 0 0 280 95 100 cm 0.2 0.2 0.5 0.5 re W n 1 0 0 1 0 0"),
    ],
    ids=["box", "picture", "off the page", "clipped"],
)
def test_picture_that_is_partly_hidden_is_found(after: str, box: str) -> None:
    result = found(photographed(after, box))
    assert codes(result)["covered_picture"] == "第1页"
    assert result.blocks


def test_caption_beside_a_picture_and_frame_around_it_are_no_finding() -> None:
    result = found(photographed("0 G 1 w 95 100 200 280 re S 0.9 g 95 70 200 25 re f"))
    assert codes(result) == {"needs_person": "第1页"}


def test_remark_painted_over_a_picture_is_found() -> None:
    result = found(changed(annotated("Ink", InkList=Array([Array([110, 150, 250, 160])])), photographed()))
    assert codes(result)["remark_over_picture"] == "第1页"
