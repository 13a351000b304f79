"""Everything that an inspection finds in a PDF."""

from __future__ import annotations

import pikepdf

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection import pdf_pages
from portal.publishing.inspection.findings import WHOLE, FileFinding, Held, Inspection
from portal.publishing.inspection.guesses import guesses
from portal.publishing.inspection.pdf_carried import Look, carried, layers
from portal.publishing.inspection.pdf_content import letters_alone, without_marks
from portal.publishing.inspection.pdf_structure import (
    covering,
    opened,
    properties,
    remarks,
    revisions,
)

PICTURED = 0.1


def inspect_pdf(data: bytes, look: Look) -> Inspection:
    """The findings and the text of a PDF; `look` gives the text of an attached file. Raises Unreadable."""
    held = Held()
    try:
        document = opened(data)
    except pikepdf.PasswordError:
        return Inspection(
            (FileFinding(codes.ENCRYPTED, WHOLE, "PDF 已加密，无法检查，请去除密码后上传"),), ""
        )
    with document:
        if document.is_encrypted:
            held.add(codes.ENCRYPTED, WHOLE, "PDF 设有权限密码，请去除后上传")
        earlier = revisions(data, held)
        properties(document, held)
        remarks(document, held)
        carried(document, held, look)
        layers(document, held)
        over = covering(document)
    bare, spoken = without_marks(data)
    held.text.append(spoken)
    for page in pdf_pages.looks(bare, letters_alone(bare), over):
        _page(page, held)
    seen = set(held.text)
    # A page that reads the same in another way of reading, or in an older version, is not repeated.
    held.text += [text for text in dict.fromkeys(pdf_pages.texts(data) + earlier) if text not in seen]
    return Inspection(tuple(held.findings), "\n".join(part for part in held.text if part))


def _page(page: pdf_pages.PageLook, held: Held) -> None:
    where = f"第{page.number}页"
    held.text.append(page.text)
    if page.covered:
        held.add(
            codes.COVERED_TEXT,
            where,
            f"色块或者图片下面还有{len(page.covered)}个字，复制即可看到",
            page=page.number,
        )
    if page.invisible:
        held.add(codes.INVISIBLE_TEXT, where, f"有{len(page.invisible)}个看不见的字", page=page.number)
    if page.covered_pictures:
        words = "有图片被色块盖住或者裁去一部分，盖住、裁去的画面仍在文件中"
        held.add(codes.COVERED_PICTURE, where, words, page=page.number)
    if page.pictures_under_remarks:
        held.add(codes.REMARK_OVER_PICTURE, where, "有图片被批注盖住，去掉批注就会露出来", page=page.number)
    guesses(page.image, where, held, first=page.number == 1)
    if page.pictured >= PICTURED:
        held.add(codes.NEEDS_PERSON, where, "页面上有图片，图中文字无法自动检查，请人工核对", blocks=False)
