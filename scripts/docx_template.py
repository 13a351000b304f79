"""Make portal/documents/letter.docx, the Word template of every letter (GB/T 9704-2012 page, docxtpl tags)."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).resolve().parent.parent / "portal" / "documents" / "letter.docx"
FANG, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"


def style(paragraph, face=FANG, size=16, align=None, indent=True):
    """One paragraph's look: face, points, 28.95 pt lines, two characters indented."""
    paragraph.paragraph_format.line_spacing = Pt(28.95)
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(0)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    if align is not None:
        paragraph.alignment = align
    for run in paragraph.runs:
        put_face(run, face, size)
    return paragraph


def put_face(run, face, size):
    """A run's face and points, for Chinese and Latin letters."""
    run.font.size, run.font.name = Pt(size), face
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)


def number_pages(page):
    """— 1 — in 14 pt 宋体: odd pages right, even pages left, one character in (GB/T 9704-2012 7.5)."""
    page.footer_distance = Mm(23)
    for footer, align in (
        (page.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = align
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
        for text, field in (("— ", ""), ("", "begin"), ("PAGE", ""), ("", "end"), (" —", "")):
            run = line.add_run("" if text == "PAGE" else text)
            put_face(run, SONG, 14)
            if field:
                run._element.append(make("w:fldChar", **{"w:fldCharType": field}))
            elif text == "PAGE":
                run._element.append(make("w:instrText", text="PAGE"))


def make(tag, text="", **attributes):
    """One element of WordprocessingML."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    element.text = text or None
    return element


def main() -> None:
    """Write the template."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    number_pages(page)
    document.settings.odd_and_even_pages_header_footer = True
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    style(document.add_paragraph("{{ unit }}"), TITLE, 22, centre, indent=False)
    style(document.add_paragraph("{{ title }}"), TITLE, 22, centre, indent=False)
    style(document.add_paragraph("{{ number }}"), FANG, 16, centre, indent=False)
    style(document.add_paragraph("{{ addressee }}"), indent=False)
    document.add_paragraph("{%p for block in blocks %}")
    document.add_paragraph("{%p if block.level == 0 %}")
    style(document.add_paragraph("{{ block.text }}"))
    for level, face in ((1, HEI), (2, KAI)):
        document.add_paragraph(f"{{%p elif block.level == {level} %}}")
        head = style(document.add_paragraph("{{ block.head }}"), face)
        put_face(head.add_run("{{ block.text }}"), FANG, 16)
    document.add_paragraph("{%p else %}")
    table = document.add_table(rows=3, cols=3)
    table.style = "Table Grid"
    table.cell(0, 0).text = "{%tr for row in block.rows %}"
    table.cell(1, 0).text = "{%tc for cell in row %}"
    style(table.cell(1, 1).paragraphs[0], size=12, indent=False)
    table.cell(1, 1).text = "{{ cell }}"
    table.cell(1, 2).text = "{%tc endfor %}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    style(document.add_paragraph("{{ unit }}"), align=right, indent=False)
    style(document.add_paragraph("{{ date }}"), align=right, indent=False)
    style(document.add_paragraph("核验码：{{ code }}　{{ contact }}"), size=10.5, indent=False)
    document.core_properties.author, document.core_properties.title = "", "政府信息公开文书"
    document.save(TARGET)


if __name__ == "__main__":
    main()
