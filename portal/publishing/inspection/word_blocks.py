"""The text of a DOCX as blocks for our own PDF, or a refusal where words or pictures would be lost."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from PIL import Image

from portal.publishing.inspection.findings import CannotRegenerate, Unreadable
from portal.publishing.inspection.package import REL, Package, Relation
from portal.publishing.inspection.page_html import Block, Span
from portal.publishing.inspection.pictures import opened, upright
from portal.publishing.inspection.word import MAIN, body_of, crop_of, hides
from portal.publishing.inspection.word_ink import W, styles_of
from portal.publishing.inspection.xml_reading import local

MOST_PICTURE_BYTES = 30 * 1024 * 1024
MOST_SIDE = 1800
MOST_COLUMNS = 63
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
# What cannot be carried over as text, with its name for the clerk.
_LOST = {
    "oMath": "公式",
    "txbxContent": "文本框",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "chart": "图表",
    "relIds": "图示",
    "object": "嵌入的对象",
    "pict": "旧格式的图片",
    "altChunk": "嵌入的文档",
    "sym": "特殊符号",
}
_PAGE_NUMBER = re.compile(r"[\s0-9\-—–－第页共/of]|page", re.IGNORECASE)
_GONE = frozenset({"del", "moveFrom"})


def word_blocks(data: bytes) -> list[Block]:
    """Headings, paragraphs, tables and pictures in order, changes accepted, hidden text left out.

    Raises CannotRegenerate where something that shows cannot be kept: automatic numbers, text boxes,
    notes, formulas, charts, words in the header.
    """
    try:
        package = Package(data)
        return _Reader(package).blocks()
    except Unreadable as error:
        raise CannotRegenerate(error.sentence) from error


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._hidden = styles_of(package)
        self._relations: dict[str, Relation] = package.relations(MAIN)
        self._numbered, self._headings = _style_facts(package)
        self._pictures = 0

    def blocks(self) -> list[Block]:
        body = body_of(self._package)
        for element in body.iter():
            name = local(element)
            if name in _LOST and not _deleted(element):
                raise CannotRegenerate(f"文档中有{_LOST[name]}，重新生成时不能保留，请改为上传 PDF")
        self._refuse_margins()
        found = [block for element in self._level(body) for block in self._block(element)]
        if not any(block.text.strip() or block.rows or block.png for block in found):
            raise CannotRegenerate("文档没有可以显示的文字")
        return found

    def _refuse_margins(self) -> None:
        """Words in headers and footers are not carried over; page numbers are made anew."""
        for relation in self._relations.values():
            if relation.kind not in ("header", "footer") or not self._package.has(relation.target):
                continue
            root = self._package.xml(relation.target)
            shown = [run for run in root.iter(W + "r") if not _deleted(run) and not hides(run, self._hidden)]
            text = "".join(part.text or "" for run in shown for part in run.iter(W + "t"))
            if _PAGE_NUMBER.sub("", text) or any(True for _ in root.iter("{*}drawing", "{*}pict")):
                raise CannotRegenerate(
                    "文档的页眉或者页脚中有文字或者图片，重新生成时不能保留，请改为上传 PDF"
                )

    def _level(self, parent: Any) -> Iterator[Any]:
        """Paragraphs and tables of a body or cell, also those inside content controls and inserted blocks."""
        for element in parent:
            name = local(element)
            if name in ("p", "tbl"):
                yield element
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                yield from self._level(element)

    def _block(self, element: Any) -> Iterator[Block]:
        if local(element) == "tbl":
            rows, spans = self._table(element)
            if any(any(cell for cell in row) for row in rows):
                yield Block("table", rows=rows, spans=spans)
            return
        text = self._words(element)
        if text.strip():
            yield Block("heading" if self._style(element) in self._headings else "paragraph", text.strip())
        for drawing in element.iter("{*}drawing"):
            if not _deleted(drawing):
                yield self._picture(drawing)

    def _table(self, table: Any) -> tuple[list[list[str]], list[list[Span]]]:
        """The cells of a table with how many columns and rows each takes; what lies under a merge is left out."""
        rows: list[list[str]] = []
        spans: list[list[Span]] = []
        open_at: dict[int, tuple[int, int]] = {}
        for row in _within(table, "tr"):
            if _deleted(row):
                continue
            words: list[str] = []
            taken: list[Span] = []
            column = _skipped(row)
            if column:
                words.append("")
                taken.append((column, 1))
            for cell in _within(row, "tc"):
                wide = _number(cell, "gridSpan", 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(W + "val", "continue") == "continue" and column in open_at:
                    at, place = open_at[column]
                    spans[at][place] = (spans[at][place][0], spans[at][place][1] + 1)
                else:
                    open_at.pop(column, None)
                    if merge is not None:
                        open_at[column] = (len(rows), len(words))
                    words.append(self._cell(cell))
                    taken.append((wide, 1))
                column += wide
            rows.append(words)
            spans.append(taken)
        return rows, spans

    def _cell(self, cell: Any) -> str:
        if any(True for _ in cell.iter("{*}drawing")) or any(True for _ in cell.iter(W + "tbl")):
            raise CannotRegenerate("文档的表格中有图片或者表格，重新生成时不能保留，请改为上传 PDF")
        return "\n".join(filter(None, (self._words(element).strip() for element in self._level(cell))))

    def _style(self, paragraph: Any) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return style.get(W + "val", "") if style is not None else ""

    def _words(self, paragraph: Any) -> str:
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        numbered = (
            number.get(W + "val") != "0" if number is not None else self._style(paragraph) in self._numbered
        )
        words: list[str] = []
        for run in paragraph.iter(W + "r"):
            if _deleted(run) or hides(run, self._hidden):
                continue
            for part in run:
                name = local(part)
                if name == "t":
                    words.append(part.text or "")
                elif name in ("tab", "br", "cr"):
                    words.append("　" if name == "tab" else "\n")
                elif name == "noBreakHyphen":
                    words.append("-")
        text = "".join(words)
        if numbered and text.strip():
            raise CannotRegenerate(
                "文档使用了自动编号，重新生成会丢失编号，请改为上传 PDF，或者把编号改成文字"
            )
        return text

    def _picture(self, drawing: Any) -> Block:
        link = next(drawing.iter("{*}blip"), None)
        relation = self._relations.get(link.get(REL + "embed", "")) if link is not None else None
        if relation is None or relation.outside or not self._package.has(relation.target):
            raise CannotRegenerate("文档中有不能保留的图形，请改为上传 PDF")
        kind = _TYPES.get("." + relation.target.rpartition(".")[2].lower())
        if kind is None:
            raise CannotRegenerate("文档中有不能保留的图片格式，请改为上传 PDF")
        image = upright(opened(self._package.read(relation.target), kind))
        image = image.crop(crop_of(drawing, image.size))
        image.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.LANCZOS)
        target = io.BytesIO()
        image.save(target, "PNG")
        self._pictures += target.tell()
        if self._pictures > MOST_PICTURE_BYTES:
            raise CannotRegenerate("文档中的图片过大，请改为上传 PDF")
        named = next(drawing.iter("{*}docPr"), None)
        return Block("picture", named.get("descr", "") if named is not None else "", png=target.getvalue())


def _within(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also those inside content controls and inserted blocks."""
    for element in parent:
        if element.tag == W + name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(element, name)


def _number(cell: Any, name: str, otherwise: int) -> int:
    found = cell.find(f"{W}tcPr/{W}{name}")
    value = found.get(W + "val", "") if found is not None else ""
    return max(1, min(MOST_COLUMNS, int(value))) if value.isdigit() else otherwise


def _skipped(row: Any) -> int:
    """How many columns a row leaves free before its first cell."""
    found = row.find(f"{W}trPr/{W}gridBefore")
    value = found.get(W + "val", "") if found is not None else ""
    return min(MOST_COLUMNS, int(value)) if value.isdigit() else 0


def _deleted(element: Any) -> bool:
    return any(local(parent) in _GONE for parent in element.iterancestors())


def _style_facts(package: Package) -> tuple[set[str], set[str]]:
    """The ids of styles with automatic numbers, and of heading styles."""
    numbered, headings = set(), set()
    if package.has("word/styles.xml"):
        for style in package.xml("word/styles.xml").iter(W + "style"):
            name = style.find(W + "name")
            shown = (name.get(W + "val", "") if name is not None else "").lower()
            key = style.get(W + "styleId", "")
            if style.find(f"{W}pPr/{W}numPr") is not None:
                numbered.add(key)
            if shown.startswith(("heading", "title", "标题")):
                headings.add(key)
    return numbered, headings
