"""What is in Word and Excel files and pictures beside what shows, one test a kind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from portal.publishing.inspection import Inspection, inspect
from portal.publishing.inspection.inspecting import DOCX, JPEG, PLAIN, PNG, XLSX

Change = Callable[[Any], Any]
Codes = dict[str, str]


def codes(result: Inspection) -> Codes:
    """Each code found with its first place."""
    places: Codes = {}
    for finding in result.findings:
        places.setdefault(finding.code, finding.where)
    return places


def repacked(data: bytes, **parts: bytes | None) -> bytes:
    """An Office file with parts put in, replaced, or taken out (None); __ stands for / in names."""
    out = io.BytesIO()
    named = {name.replace("__", "/").replace("_dot_", "."): value for name, value in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member not in named:
                new.writestr(member, old.read(member))
        for name, value in named.items():
            if value is not None:
                new.writestr(name, value)
    return out.getvalue()


def word(change: Change = lambda document: None) -> bytes:
    """A Word file of two lines after a change, without anything to find if there is none."""
    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.comments = properties.keywords = properties.last_modified_by = ""
    document.add_paragraph("现将示例项目有关情况予以公布。")
    document.add_paragraph("示例市样本局")
    change(document)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), docProps__thumbnail_dot_jpeg=None, customXml__item1_dot_xml=None)


def look(data: bytes, media_type: str = DOCX) -> Inspection:
    return inspect(data, media_type=media_type, name="文件")


def test_clean_word_file_gives_no_finding() -> None:
    result = look(word())
    assert result.findings == ()
    assert "示例项目" in result.text


def test_word_author_is_named() -> None:
    def change(document: Any) -> None:
        document.core_properties.author = "梁䶮"
        document.core_properties.last_modified_by = "赵六"

    result = look(word(change))
    assert [(finding.code, finding.blocks) for finding in result.findings] == [("properties", False)] * 2
    assert "赵六" in result.text


def test_word_comment_is_found() -> None:
    def change(document: Any) -> None:
        paragraph = document.paragraphs[0]
        document.add_comment(paragraph.runs, text="此处拟不公开", author="赵六", initials="Z")

    result = look(word(change))
    assert codes(result) == {"comment": "正文"}
    assert "此处拟不公开" in result.text


@pytest.mark.parametrize("kind", ["ins", "del", "moveFrom"])
def test_tracked_change_is_found(kind: str) -> None:
    text = "delText" if kind == "del" else "t"

    def change(document: Any) -> None:
        xml = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="赵六"><w:r><w:{text}>原拟不公开</w:{text}></w:r></w:{kind}>'
        document.paragraphs[0]._p.append(parse_xml(xml))

    result = look(word(change))
    assert codes(result) == {"tracked_change": "正文"}
    assert "原拟不公开" in result.text


def hide_run(document: Any) -> None:
    document.paragraphs[0].add_run("13912345678").font.hidden = True


def hide_by_style(document: Any) -> None:
    style = document.styles.add_style("Secret", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    document.paragraphs[0].add_run("13912345678", style="Secret")


def hide_in_white(document: Any) -> None:
    document.paragraphs[0].add_run("13912345678").font.color.rgb = docx.shared.RGBColor(255, 255, 255)


@pytest.mark.parametrize("change", [hide_run, hide_by_style, hide_in_white])
def test_hidden_word_text_is_found(change: Change) -> None:
    result = look(word(change))
    assert codes(result) == {"invisible_text": "正文"}
    assert "13912345678" in result.text


def test_hidden_text_in_the_footer_is_found_there() -> None:
    def change(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].add_run("内部").font.hidden = True

    assert codes(look(word(change))) == {"invisible_text": "页脚"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("word__embeddings__oleObject1_dot_bin", "embedded"),
        ("word__vbaProject_dot_bin", "macro"),
        ("docProps__thumbnail_dot_jpeg", "embedded"),
    ],
)
def test_what_a_word_file_carries_is_found(name: str, code: str) -> None:
    assert codes(look(repacked(word(), **{name: b"\x00"}))) == {code: "整个文件"}


def test_external_template_is_found_and_a_plain_link_is_not() -> None:
    def relation(kind: str, target: str) -> Change:
        return lambda document: document.part.relate_to(
            target,
            f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}",
            is_external=True,
        )

    result = look(word(relation("attachedTemplate", "file:///S:/zhao/a.dotx")))
    assert codes(result) == {"external_link": "整个文件"}
    assert look(word(relation("hyperlink", "https://example.org/"))).findings == ()


def test_words_of_a_diagram_are_text() -> None:
    data = repacked(word(), word__diagrams__data1_dot_xml=b"<d><t>13912345678</t></d>")
    assert "13912345678" in look(data).text


def test_word_picture_needs_a_person() -> None:
    def change(document: Any) -> None:
        out = io.BytesIO()
        Image.new("RGB", (30, 30), (9, 90, 9)).save(out, "PNG")
        document.add_picture(io.BytesIO(out.getvalue()))

    result = look(word(change))
    assert codes(result) == {"needs_person": "整个文件"}
    assert not result.blocks


def test_cropped_word_picture_is_found() -> None:
    def change(document: Any) -> None:
        shape = document.add_picture(io.BytesIO(picture("PNG")))
        blip = shape._inline.graphic.graphicData.pic.blipFill
        blip.insert(1, parse_xml(f'<a:srcRect {nsdecls("a")} l="40000"/>'))

    result = look(word(change))
    assert codes(result) == {"covered_picture": "正文", "needs_person": "整个文件"}
    assert result.blocks


def book(change: Change = lambda book: None) -> bytes:
    """A workbook with the sheets 明细 and 汇总 after a change, without anything to find if there is none."""
    made = openpyxl.Workbook()
    made.properties.creator = None
    sheet = made.active
    sheet.title = "明细"
    for row in (["姓名", "金额", "日期"], ["甲", 12.5, "2026-03-16"], ["乙", 30, "2026-03-17"]):
        sheet.append(row)
    made.create_sheet("汇总").append(["合计", 42.5])
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_clean_workbook_gives_no_finding() -> None:
    result = look(book(), XLSX)
    assert result.findings == ()
    assert "42.5" in result.text


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_is_found(state: str) -> None:
    def change(made: Any) -> None:
        made["汇总"].sheet_state = state
        made["汇总"]["A3"] = "13912345678"

    result = look(book(change), XLSX)
    assert codes(result) == {"hidden_sheet": "工作表“汇总”"}
    assert "13912345678" in result.text


def hide_column(made: Any) -> None:
    made["明细"].column_dimensions["B"].hidden = True


def hide_row(made: Any) -> None:
    made["明细"].row_dimensions[3].hidden = True


def hide_by_format(made: Any) -> None:
    made["明细"]["B2"].number_format = ";;;"


def hide_in_white_cell(made: Any) -> None:
    made["明细"]["B2"].font = Font(color="FFFFFFFF")


@pytest.mark.parametrize("change", [hide_column, hide_row, hide_by_format, hide_in_white_cell])
def test_hidden_cells_are_found(change: Change) -> None:
    result = look(book(change), XLSX)
    assert codes(result) == {"hidden_cells": "工作表“明细”"}
    assert result.blocks


def test_white_words_on_a_coloured_cell_and_hidden_empty_columns_are_no_finding() -> None:
    def change(made: Any) -> None:
        made["明细"]["A1"].font = Font(color="FFFFFFFF")
        made["明细"]["A1"].fill = PatternFill("solid", fgColor="FF003366")
        made["明细"].column_dimensions["H"].hidden = True

    assert look(book(change), XLSX).findings == ()


def test_cell_comment_is_found() -> None:
    def change(made: Any) -> None:
        made["明细"]["A2"].comment = Comment("电话13912345678", "赵六")

    result = look(book(change), XLSX)
    assert codes(result)["comment"] == "工作表“明细”"
    assert "13912345678" in result.text


def test_date_cell_is_read_as_a_date() -> None:
    def change(made: Any) -> None:
        made["明细"]["D2"] = 20000
        made["明细"]["D2"].number_format = "yyyy-mm-dd"

    assert "1954-10-03" in look(book(change), XLSX).text


def test_workbook_properties_are_named() -> None:
    def change(made: Any) -> None:
        made.properties.creator = "梁䶮"
        made.properties.lastModifiedBy = "赵六"

    assert codes(look(book(change), XLSX)) == {"properties": "整个文件"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        (
            "xl__externalLinks__externalLink1_dot_xml",
            b"<externalLink><v>13912345678</v></externalLink>",
            "external_link",
        ),
        (
            "xl__pivotCache__pivotCacheRecords1_dot_xml",
            b'<pivotCacheRecords><s v="13912345678"/></pivotCacheRecords>',
            "pivot_cache",
        ),
        ("xl__vbaProject_dot_bin", b"\x00", "macro"),
        ("xl__embeddings__oleObject1_dot_bin", b"\x00", "embedded"),
    ],
)
def test_what_a_workbook_carries_is_found(name: str, content: bytes, code: str) -> None:
    result = look(repacked(book(), **{name: content}), XLSX)
    assert codes(result) == {code: "整个文件"}
    assert (b"139" in content) == ("13912345678" in result.text)


def picture(form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (90, 120, 90)).save(out, form, **options)
    return out.getvalue()


def test_picture_always_needs_a_person_and_a_clean_one_nothing_more() -> None:
    for form, media_type in (("JPEG", JPEG), ("PNG", PNG)):
        result = look(picture(form), media_type)
        assert codes(result) == {"needs_person": "整个文件"}
        assert not result.blocks


def test_place_and_maker_of_a_photograph_are_found() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Zhao"
    exif[0x8825] = {1: "N", 2: (24.0, 21.0, 0.0), 3: "E", 4: (102.0, 32.0, 0.0)}
    result = look(picture("JPEG", exif=exif), JPEG)
    assert codes(result) == {"gps": "整个文件", "exif": "整个文件", "needs_person": "整个文件"}
    assert result.blocks
    assert "Zhao" in result.text


def test_words_in_a_picture_file_are_found() -> None:
    note = PngInfo()
    note.add_text("Comment", "13912345678")
    for data, media_type in (
        (picture("PNG", pnginfo=note), PNG),
        (picture("JPEG", comment=b"13912345678"), JPEG),
    ):
        result = look(data, media_type)
        assert codes(result)["exif"] == "整个文件"
        assert "13912345678" in result.text


def test_data_behind_a_picture_is_found() -> None:
    assert codes(look(picture("PNG") + b"PK\x03\x04" + bytes(40), PNG))["embedded"] == "整个文件"


def test_unseen_signs_in_plain_text_are_found() -> None:
    assert codes(look("电话139\u200b12345678".encode(), PLAIN)) == {"invisible_text": "整个文件"}
    assert look("公告".encode("gb18030"), PLAIN) == Inspection((), "公告")
