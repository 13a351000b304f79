"""Word and Excel files with failed redactions and clean ones, made with python-docx and openpyxl."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import docx
import openpyxl
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bench.redaction_pdfs import Sample

LINES = ("关于道路维修的说明", "本项目由市住房城乡建设局组织实施。", "工程于2026年3月16日开工。")
SECRETS = ("张伟民", "530402198503120017", "13987701234", "红塔大道18号3幢402室")


def word(change: Callable[[Any, Any], None], rng: random.Random) -> bytes:
    """A document of a few lines; the change gets the run that holds the secret, and the document."""
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    paragraph = document.add_paragraph("联系人：")
    run = paragraph.add_run(rng.choice(SECRETS))
    paragraph.add_run("，请在工作日联系。")
    change(run, document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def shaded(owner: Any, fill: str, pattern: str = "clear") -> None:
    """Give run, paragraph or cell properties a shading."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", pattern), ("color", "auto" if pattern == "clear" else fill), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    owner.append(shade)


def highlight(run: Any, document: Any, colour: Any = WD_COLOR_INDEX.BLACK) -> None:
    """Marked with the highlighter."""
    run.font.highlight_color = colour


def run_shade(run: Any, document: Any, fill: str = "000000", pattern: str = "clear", ink: str = "") -> None:
    """A ground under the words alone."""
    shaded(run._element.get_or_add_rPr(), fill, pattern)
    if ink:
        run.font.color.rgb = RGBColor.from_string(ink)


def paragraph_shade(run: Any, document: Any, fill: str = "000000", ink: str = "000000") -> None:
    """A ground under the paragraph."""
    shaded(run._element.getparent().get_or_add_pPr(), fill)
    run.font.color.rgb = RGBColor.from_string(ink)


def coloured(run: Any, document: Any, ink: str) -> None:
    """Words in a colour."""
    run.font.color.rgb = RGBColor.from_string(ink)


def sized(run: Any, document: Any, points: float) -> None:
    """Words in a size."""
    run.font.size = Pt(points)


def hidden(run: Any, document: Any) -> None:
    """Words marked as hidden."""
    run.font.hidden = True


def by_style(run: Any, document: Any, ink: str = "FFFFFF") -> None:
    """A style that paints the words."""
    style = document.styles.add_style("Own", 2)
    style.font.color.rgb = RGBColor.from_string(ink)
    run.style = style


def scaled(run: Any, document: Any, share: str = "1") -> None:
    """Letters pressed to a share of their width."""
    width = OxmlElement("w:w")
    width.set(qn("w:val"), share)
    run._element.get_or_add_rPr().append(width)


def in_table(run: Any, document: Any, fill: str, ink: str) -> None:
    """A cell with a ground and an ink."""
    table = document.add_table(2, 3)
    for column, words in enumerate(("姓名", "电话", "地址")):
        table.cell(0, column).text = words
    cell = table.cell(1, 1)
    made = cell.paragraphs[0].add_run("13987701234")
    made.font.color.rgb = RGBColor.from_string(ink)
    shaded(cell._element.get_or_add_tcPr(), fill)


WORD_BAD: dict[str, Callable[[Any, Any], None]] = {
    "black highlight": highlight,
    "dark highlight, dark ink": lambda run, document: (
        highlight(run, document),
        coloured(run, document, "000000"),
    )[0],
    "black shade": run_shade,
    "solid pattern": partial(run_shade, pattern="solid"),
    "dark shade, dark ink": partial(run_shade, fill="1A1A1A", ink="000000"),
    "black paragraph": paragraph_shade,
    "black cell": partial(in_table, fill="000000", ink="000000"),
    "white cell": partial(in_table, fill="FFFFFF", ink="FFFFFF"),
    "white ink": partial(coloured, ink="FFFFFF"),
    "nearly white": partial(coloured, ink="FDFDFD"),
    "white by style": by_style,
    "one point": partial(sized, points=1),
    "hidden": hidden,
    "one per cent wide": scaled,
}
WORD_CLEAN: dict[str, Callable[[Any, Any], None]] = {
    "plain": lambda run, document: None,
    "yellow highlight": partial(highlight, colour=WD_COLOR_INDEX.YELLOW),
    "grey highlight": partial(highlight, colour=WD_COLOR_INDEX.GRAY_25),
    "red ink": partial(coloured, ink="C00000"),
    "grey ink": partial(coloured, ink="808080"),
    "pale shade": partial(run_shade, fill="D9D9D9"),
    "white on black": partial(run_shade, fill="000000", ink="FFFFFF"),
    "white on blue cell": partial(in_table, fill="1F3864", ink="FFFFFF"),
    "black on grey cell": partial(in_table, fill="D9D9D9", ink="000000"),
    "dark paragraph, white ink": partial(paragraph_shade, fill="1F3864", ink="FFFFFF"),
    "small print": partial(sized, points=6),
    "narrow face": partial(scaled, share="66"),
    "coloured style": partial(by_style, ink="1F3864"),
    "black shade taken out": lambda run, document: (setattr(run, "text", ""), highlight(run, document))[0],
}


def excel(change: Callable[[Any], None], rng: random.Random) -> bytes:
    """A table of three people; the change gets the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "电话", "金额", "日期"])
    for number in range(4):
        sheet.append([rng.choice(SECRETS[:1]), "13987701234", number * 137, "2026-03-16"])
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_style(sheet: Any, ink: str, fill: str = "", size: float = 11) -> None:
    """One cell's ink, ground and size."""
    sheet["B3"].font = Font(color=ink, size=size)
    if fill:
        sheet["B3"].fill = PatternFill("solid", fgColor=fill)


def column_width(sheet: Any, width: float) -> None:
    """The telephone column's width."""
    sheet.column_dimensions["B"].width = width


def row_height(sheet: Any, height: float) -> None:
    """One row's height."""
    sheet.row_dimensions[3].height = height


def merged(sheet: Any) -> None:
    """A merge laid over filled cells; openpyxl would empty them, Excel's files may keep them."""
    sheet.append(["合计", "", 1, ""])
    from openpyxl.worksheet.cell_range import CellRange

    sheet.merged_cells.ranges.add(CellRange("A3:B3"))


def proper_merge(sheet: Any) -> None:
    """A title over all columns."""
    sheet.insert_rows(1)
    sheet["A1"] = "名单"
    sheet.merge_cells("A1:D1")


def hidden_column(sheet: Any) -> None:
    """A hidden column."""
    sheet.column_dimensions["B"].hidden = True


def hidden_sheet(sheet: Any) -> None:
    """A second sheet out of sight."""
    other = sheet.parent.create_sheet("底稿")
    other["A1"] = "530402198503120017"
    other.sheet_state = "veryHidden"


def shown_as(sheet: Any, code: str) -> None:
    """A number format."""
    sheet["C3"].number_format = code


def mac_dates(sheet: Any) -> None:
    """A workbook of the other date system."""
    sheet.parent.epoch = CALENDAR_MAC_1904


EXCEL_BAD: dict[str, Callable[[Any], None]] = {
    "narrow column": partial(column_width, width=0.1),
    "low row": partial(row_height, height=0.5),
    "font of one point": partial(cell_style, ink="FF000000", size=1),
    "white ink": partial(cell_style, ink="FFFFFFFF"),
    "black on black": partial(cell_style, ink="FF000000", fill="FF000000"),
    "nearly black on black": partial(cell_style, ink="FF0A0A0A", fill="FF000000"),
    "under a merge": merged,
    "hidden column": hidden_column,
    "hidden sheet": hidden_sheet,
    "format of nothing": partial(shown_as, code=";;;"),
}
EXCEL_CLEAN: dict[str, Callable[[Any], None]] = {
    "plain": lambda sheet: None,
    "white on blue": partial(cell_style, ink="FFFFFFFF", fill="FF1F3864"),
    "white on black": partial(cell_style, ink="FFFFFFFF", fill="FF000000"),
    "black on yellow": partial(cell_style, ink="FF000000", fill="FFFFFF00"),
    "grey ink": partial(cell_style, ink="FF808080"),
    "small print": partial(cell_style, ink="FF000000", size=6),
    "wide column": partial(column_width, width=40),
    "narrow but readable": partial(column_width, width=3),
    "title over all": proper_merge,
    "money": partial(shown_as, code='#,##0.00;[Red]-#,##0.00;"-"'),
    "dates of 1904": mac_dates,
    "high row": partial(row_height, height=60),
}


def samples(rng: random.Random, each: int) -> Iterator[tuple[str, Sample]]:
    """Ending and sample, `each` of every kind."""
    for bad, kinds in ((True, WORD_BAD), (False, WORD_CLEAN)):
        for kind, change in kinds.items():
            for number in range(each):
                yield "docx", Sample(f"docx, {kind} {number}", word(change, rng), bad)
    for bad, changes in ((True, EXCEL_BAD), (False, EXCEL_CLEAN)):
        for kind, alter in changes.items():
            for number in range(each):
                yield "xlsx", Sample(f"xlsx, {kind} {number}", excel(alter, rng), bad)
