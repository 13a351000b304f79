"""A DOCX file as plain text, line by line, with a notice for everything that is not text.

Nothing is lost silently: what the text cannot hold (pictures, text boxes, footnotes, comments) is named in a
notice, and a file with tracked changes that nobody accepted is refused, since it holds two texts.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from consultations.clauses.docx_numbering import Numbering, numbering_of
from consultations.clauses.layout import solid, trimmed

MAX_BYTES = 20 * 1024 * 1024
MAX_MEMBERS = 2000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_CHARACTERS = 500_000
LONGEST_QUOTE = 30
MAIN = "word/document.xml"
REVISIONS = tuple(
    qn(tag) for tag in ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge")
)
MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:ptab"): "\t",
}
COUNTED = {
    qn("w:drawing"): "图片",
    qn("w:pict"): "图片",
    qn("w:object"): "嵌入对象",
    qn("w:sym"): "特殊符号",
    qn("w:commentReference"): "批注",
    qn("w:rt"): "注音",
    qn("w:altChunk"): "嵌入的其他文件",
}
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OpcError,
    etree.LxmlError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)


class UnreadableDocx(ValueError):
    """The file cannot be read; its text is one Chinese sentence fit to be shown."""


@dataclass(frozen=True, slots=True)
class DocxText:
    """The text of a file, and what a person has to look after by hand."""

    text: str
    notices: tuple[str, ...]


def read_docx(data: bytes) -> DocxText:
    """The text of a DOCX file: paragraphs with their automatic numbers, tables row by row.

    Raises UnreadableDocx if the file is broken, locked, too large, or has changes that were not accepted.
    """
    _check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        if any(element.tag in REVISIONS for element in body.iter()):
            raise UnreadableDocx("文档含有未接受的修订，请在 Word 中接受或者拒绝全部修订、关闭修订后再上传")
        reader = _Reader(document)
        text = "\n".join(reader.lines(body))
    except UnreadableDocx:
        raise
    except BROKEN as error:
        raise UnreadableDocx(
            "文档无法打开，可能已损坏或者不是 DOCX 文件，请用 Word 另存为 DOCX 后再上传"
        ) from error
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocx(f"文档超过{MAX_CHARACTERS // 10_000}万字，请分成几个文件上传")
    return DocxText(text, reader.notices())


def _check_archive(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableDocx(f"文件超过{MAX_BYTES // 1024 // 1024}MB，请删去图片后再上传")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocx("文件是旧版 DOC 格式或者设有密码，请另存为不设密码的 DOCX 后再上传")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except BROKEN as error:
        raise UnreadableDocx("文件不是 DOCX 文件，请用 Word 另存为 DOCX 后再上传") from error
    if not any(member.filename == MAIN for member in members):
        raise UnreadableDocx("文件不是 DOCX 文件，请用 Word 另存为 DOCX 后再上传")
    # Unpacking stops at the size that is declared here, so a false declaration gains nothing.
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UnreadableDocx("文档解压后过大，请删去图片和嵌入的文件后再上传")


class _Reader:
    def __init__(self, document: Any) -> None:
        self._document = document
        numbers = self._part(RELATIONSHIP_TYPE.NUMBERING)
        self._numbering: Numbering = numbering_of(numbers, document.styles.element)
        self._footnotes = {
            **self._notes(RELATIONSHIP_TYPE.FOOTNOTES, "w:footnote"),
            **self._notes(RELATIONSHIP_TYPE.ENDNOTES, "w:endnote"),
        }
        self._counts: Counter[str] = Counter()
        self._quotes: list[str] = []

    def lines(self, block: Any) -> Iterator[str]:
        """The lines of a body or cell: a paragraph each, of a table each row."""
        for child in block:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._counts["表格"] += 1
                for row in child.iter(qn("w:tr")):
                    if next(row.iterancestors(qn("w:tbl"))) is child:
                        yield self._row(row)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:smartTag")):
                yield from self.lines(child)
            elif child.tag == qn("w:altChunk"):
                self._counts["嵌入的其他文件"] += 1

    def notices(self) -> tuple[str, ...]:
        """One sentence for each kind of thing that is not in the text, or is there in another shape."""
        found = list(self._quotes)
        for name, count in self._counts.items():
            if name == "表格":
                found.append(f"有{count}个表格，已按行读成文字，请核对")
            elif name == "公式":
                found.append(f"有{count}处公式，只读入了其中的文字，请核对")
            else:
                found.append(f"有{count}处{name}没有读入")
        if self._numbering.unknown:
            forms = "、".join(sorted(self._numbering.unknown))
            found.append(f"有不认识的自动编号格式（{forms}），已按阿拉伯数字写出，请核对")
        for name, words in self._margins():
            found.append(f"{name}没有读入：{_quoted(words)}")
        return tuple(dict.fromkeys(found))

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        label = self._numbering.label(paragraph)
        words = "".join(self._words(paragraph))
        if trimmed(words):
            yield from f"{label}　{trimmed(words)}".splitlines() if label else words.splitlines()
        elif label:
            yield label

    def _row(self, row: Any) -> str:
        cells = []
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is row:
                cells.append(" ".join(line for line in self.lines(cell) if trimmed(line)))
        return "\t".join(cells)

    def _words(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == qn("w:t") or tag == f"{MATH}t":
                yield child.text or ""
            elif tag in SIGNS and element.tag == qn("w:r"):
                # A page break parts lines too.
                yield SIGNS[tag]
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                kind = "脚注" if tag == qn("w:footnoteReference") else "尾注"
                words = self._footnotes.get((kind, child.get(qn("w:id"), "")), "")
                self._quotes.append(f"{kind}没有读入正文：{_quoted(words)}")
            elif tag in COUNTED:
                self._boxed(child, COUNTED[tag])
            elif tag == qn("w:r") and _is_hidden(child):
                self._counts["隐藏文字"] += 1
            elif tag not in (qn("w:pPr"), qn("w:rPr"), MC_FALLBACK) and isinstance(tag, str):
                if tag == f"{MATH}oMath":
                    self._counts["公式"] += 1
                yield from self._words(child)

    def _boxed(self, element: Any, name: str) -> None:
        """Count a picture, or quote the text box that it is."""
        boxes = [box for box in element.iter(qn("w:txbxContent")) if not list(box.iterancestors(MC_FALLBACK))]
        for box in boxes:
            self._quotes.append(f"文本框没有读入：{_quoted(_plain(box))}")
        if not boxes:
            self._counts[name] += 1

    def _part(self, kind: str) -> Any:
        try:
            return _root(self._document.part.part_related_by(kind))
        except KeyError:
            return None

    def _notes(self, kind: str, tag: str) -> dict[tuple[str, str], str]:
        root, name = self._part(kind), "脚注" if tag == "w:footnote" else "尾注"
        if root is None:
            return {}
        return {(name, note.get(qn("w:id"), "")): _plain(note) for note in root.iter(qn(tag))}

    def _margins(self) -> Iterator[tuple[str, str]]:
        """Headers and footers that say more than a page number."""
        for kind, name in ((RELATIONSHIP_TYPE.HEADER, "页眉"), (RELATIONSHIP_TYPE.FOOTER, "页脚")):
            for related in self._document.part.rels.values():
                if related.reltype == kind and not related.is_external:
                    words = _plain(_root(related.target_part))
                    if any(
                        sign.isalpha() for sign in words.replace("第", "").replace("页", "").replace("共", "")
                    ):
                        yield name, words


def _root(part: Any) -> Any:
    """The root element of a part, parsed safely if python-docx has not done it."""
    root = getattr(part, "element", None)
    if root is not None:
        return root
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _plain(element: Any) -> str:
    return solid("".join(text.text or "" for text in element.iter(qn("w:t"))))


def _quoted(words: str) -> str:
    return f"“{words[:LONGEST_QUOTE]}{'…' if len(words) > LONGEST_QUOTE else ''}”"


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    hidden = properties.find(qn("w:vanish")) if properties is not None else None
    return hidden is not None and hidden.get(qn("w:val"), "1") not in ("0", "false", "off")
