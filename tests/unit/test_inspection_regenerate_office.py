"""Word files and plain text become our own PDF, workbooks keep only what shows."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from PIL import Image

from portal.publishing.inspection import CannotRegenerate
from portal.publishing.inspection.inspecting import DOCX, PDF, PLAIN, XLSX
from portal.publishing.inspection.word_blocks import word_blocks
from tests.unit import test_inspection_office as office
from tests.unit.test_inspection_regenerate import SECRET, kinds, made, words


def test_word_file_becomes_our_own_pdf() -> None:
    def change(document: Any) -> None:
        document.core_properties.author = "赵六"
        document.add_heading("一、基本情况", 1)
        document.paragraphs[0].add_run(SECRET).font.hidden = True
        document.add_comment(document.paragraphs[1].runs, text=SECRET, author="赵六", initials="Z")
        removed = f'<w:del {nsdecls("w")} w:id="1" w:author="赵六"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
        document.paragraphs[1]._p.append(parse_xml(removed))
        added = f'<w:ins {nsdecls("w")} w:id="2" w:author="赵六"><w:r><w:t>（补充）</w:t></w:r></w:ins>'
        document.paragraphs[1]._p.append(parse_xml(added))
        table = document.add_table(2, 2)
        table.cell(1, 1).text = "表中内容"
        picture = io.BytesIO()
        Image.new("RGB", (300, 200), (9, 90, 9)).save(picture, "PNG")
        document.add_picture(io.BytesIO(picture.getvalue()))

    result = made(office.word(change), DOCX, "说明.docx")
    assert (result.media_type, result.name) == (PDF, "说明.pdf")
    assert kinds(result) <= {"needs_person"}
    for part in ("关于示例的公告", "示例项目", "一、基本情况", "（补充）", "表中内容"):
        assert part in words(result).replace("\r\n", "")
    assert SECRET not in words(result)
    assert "赵六" not in words(result)


def test_cropped_word_picture_stays_cropped() -> None:
    def change(document: Any) -> None:
        shape = document.add_picture(io.BytesIO(office.picture("PNG")))
        shape._inline.graphic.graphicData.pic.blipFill.insert(
            1, parse_xml(f'<a:srcRect {nsdecls("a")} l="50000" b="25000"/>')
        )

    (picture,) = (block for block in word_blocks(office.word(change)) if block.png)
    with Image.open(io.BytesIO(picture.png)) as image:
        assert image.size == (30, 30)


def numbered(document: Any) -> None:
    document.add_paragraph("第一项", style="List Number")


def boxed(document: Any) -> None:
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    document.paragraphs[0]._p.append(parse_xml(box))


def headed(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "页眉中的文字"


@pytest.mark.parametrize(
    ("change", "named"), [(numbered, "自动编号"), (boxed, "旧格式的图片"), (headed, "页眉")]
)
def test_word_file_that_would_lose_words_is_refused(change: Callable[[Any], None], named: str) -> None:
    with pytest.raises(CannotRegenerate, match=named):
        made(office.word(change), DOCX)


def test_plain_text_becomes_our_own_pdf() -> None:
    result = made("第一行\n第二\u200b行 <script>&\n䶮".encode(), PLAIN, "说明.txt")
    assert (result.media_type, result.name) == (PDF, "说明.pdf")
    assert kinds(result) == set()
    assert "第二行 <script>&" in words(result)
    assert "䶮" in words(result)


def crowded(book: Any) -> None:
    sheet = book["明细"]
    sheet["A2"].comment = Comment(SECRET, "赵六")
    sheet["E1"], sheet["F1"] = "电话", "地址"
    sheet["E2"], sheet["F2"] = SECRET, "=不是公式"
    sheet["F2"].data_type = "s"
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A4"] = "丙"
    sheet.merge_cells("A5:C5")
    sheet["A5"] = "合并"
    sheet["B4"] = 0.25
    sheet["B4"].number_format = "0%"
    book["汇总"].sheet_state = "hidden"
    book.properties.creator = "赵六"


def test_workbook_keeps_only_what_shows() -> None:
    result = made(office.book(crowded), XLSX, "明细.xlsx")
    assert (result.media_type, result.name) == (XLSX, "明细.xlsx")
    assert kinds(result) == set()
    book = openpyxl.load_workbook(io.BytesIO(result.data))
    assert book.sheetnames == ["明细"]
    rows = [[cell.value for cell in row] for row in book["明细"].iter_rows()]
    assert rows == [
        ["姓名", "金额", "日期", None, "地址"],
        ["甲", 12.5, "2026-03-16", None, "=不是公式"],
        ["丙", 0.25, None, None, None],
        ["合并", None, None, None, None],
    ]
    assert book["明细"]["B3"].number_format == "0%"
    assert [str(area) for area in book["明细"].merged_cells.ranges] == ["A4:C4"]
    assert SECRET not in words(result)


def test_workbook_with_a_formula_that_has_no_result_is_refused() -> None:
    def change(book: Any) -> None:
        book["明细"]["D2"] = "=B2*2"

    with pytest.raises(CannotRegenerate, match="尚未计算的公式"):
        made(office.book(change), XLSX)


def test_workbook_with_a_chart_is_refused() -> None:
    def change(book: Any) -> None:
        chart = openpyxl.chart.BarChart()
        chart.add_data(openpyxl.chart.Reference(book["明细"], min_col=2, min_row=1, max_row=3))
        book["明细"].add_chart(chart, "E2")

    with pytest.raises(CannotRegenerate, match="工作表“明细”中有图片或者图表"):
        made(office.book(change), XLSX)
