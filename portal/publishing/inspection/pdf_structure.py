"""What a PDF holds beside its pages: old revisions, remarks, form values, properties."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection import pdf_pages
from portal.publishing.inspection.findings import WHOLE, Held, Unreadable
from portal.publishing.inspection.pdf_drawing import Remark
from portal.publishing.inspection.streams import unpacked_size
from portal.publishing.inspection.xml_reading import parsed, texts_by_name

MOST_PAGES = 2000
MOST_OBJECTS = 200_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_REVISIONS = 6
MOST_DEPTH = 40
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_TELLING_KEYS = (
    "/Author",
    "/Company",
    "/Manager",
    "/Keywords",
    "/Subject",
    "/SourceModified",
    "/LastModifiedBy",
)
_TELLING_NAMES = frozenset(
    {
        "creator",
        "contributor",
        "History",
        "DerivedFrom",
        "Manager",
        "Company",
        "AuthorsPosition",
        "CaptionWriter",
    }
)
_NEVER_OVER = frozenset({"/Link", "/Popup", "/Text", "/Caret", "/FileAttachment"})
_PAINTING = frozenset({"/Square", "/Circle", "/Polygon", "/Ink", "/Line", "/PolyLine", "/Stamp"})
_NAMES = {
    "/Text": "便签",
    "/FreeText": "文字框批注",
    "/Highlight": "高亮批注",
    "/Redact": "密文标记",
    "/Stamp": "图章批注",
    "/Ink": "手写批注",
    "/FileAttachment": "附件批注",
}


def opened(data: bytes) -> pikepdf.Pdf:
    """The document. Raises Unreadable, also where it is damaged or too large; PasswordError if it is locked."""
    try:
        document = pikepdf.open(io.BytesIO(data), attempt_recovery=False)
        pages = len(document.pages)
    except pikepdf.PasswordError:
        raise
    except (pikepdf.PdfError, ValueError, RecursionError, RuntimeError, OverflowError) as error:
        raise Unreadable("PDF 已损坏或者无法打开，请用软件重新导出后上传") from error
    if not pages:
        raise Unreadable("PDF 没有页面")
    if pages > MOST_PAGES or len(document.objects) > MOST_OBJECTS:
        raise Unreadable("PDF 页数或者对象过多，请拆分后上传")
    _bounded(document)
    return document


def _bounded(document: pikepdf.Pdf) -> None:
    """Raise Unreadable for streams that become too large when unpacked, and for pictures of too many pixels."""
    left = MOST_UNPACKED
    for item in document.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        if _number(item.get("/Width")) * _number(item.get("/Height")) > MOST_PIXELS:
            raise Unreadable("PDF 中有像素过大的图片")
        filters = [str(name) for name in listed(item.get("/Filter"))]
        packed = sum(name in ("/FlateDecode", "/LZWDecode", "/RunLengthDecode") for name in filters)
        if packed > 1:
            raise Unreadable("PDF 中有多重压缩的内容")
        if filters[:1] == ["/FlateDecode"]:
            left -= unpacked_size(item.read_raw_bytes(), left)
        elif packed:
            left -= len(item.read_raw_bytes()) * 64
        if left < 0:
            raise Unreadable("PDF 解压后过大")


def _number(value: Any) -> int:
    try:
        return int(value) if value is not None else 0
    except (TypeError, ValueError):
        return 0


def listed(value: Any) -> list[Any]:
    """An array's parts, a single thing as one, nothing as none."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def revisions(data: bytes, held: Held) -> list[str]:
    """The texts of the pages of earlier versions that are still in the file."""
    ends = [match.end() for match in _END.finditer(data)]
    if b"/Linearized" in data[:1024]:
        ends = ends[1:]
    if len(ends) < 2:
        return []
    held.add(codes.OLD_REVISION, WHOLE, f"文件中保留了{len(ends) - 1}个旧版本，删改前的内容可以恢复")
    found: list[str] = []
    for end in ends[:-1][-MOST_REVISIONS:]:
        try:
            opened(data[:end]).close()
            found += pdf_pages.texts(data[:end])
        except (Unreadable, pikepdf.PasswordError):
            continue
    return found


def properties(document: pikepdf.Pdf, held: Held) -> None:
    """Who wrote it and with what history, in the Info dictionary and every XMP packet."""
    for key, value in items(document.trailer.get("/Info")):
        words = str(value).strip() if isinstance(value, pikepdf.String) else ""
        held.text.append(words)
        if words and key in _TELLING_KEYS:
            held.add(codes.PROPERTIES, WHOLE, f"文档属性“{key[1:]}”中有内容：{short(words)}", blocks=False)
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and str(item.get("/Type", "")) == "/Metadata":
            _packet(item, held)


def _packet(item: pikepdf.Stream, held: Held) -> None:
    try:
        root = parsed(item.read_bytes())
    except (pikepdf.PdfError, ValueError):
        held.add(codes.PROPERTIES, WHOLE, "文档的 XMP 属性无法读取", blocks=False)
        return
    for names, words in texts_by_name(root):
        held.text.append(words)
        for name in sorted(names & _TELLING_NAMES):
            held.add(
                codes.PROPERTIES, WHOLE, f"文档的 XMP 属性“{name}”中有内容：{short(words)}", blocks=False
            )


def short(words: str) -> str:
    """Words as they stand in a finding."""
    return words if len(words) <= 24 else words[:24] + "…"


def items(value: Any) -> Iterator[tuple[str, Any]]:
    """A dictionary's entries; none for anything else."""
    if isinstance(value, pikepdf.Dictionary):
        yield from value.items()


def remarks(document: pikepdf.Pdf, held: Held) -> None:
    """Remarks on the pages and values filled into forms; plain links only give their address as text."""
    for number, page in enumerate(document.pages, 1):
        for mark in listed(page.get("/Annots")):
            if isinstance(mark, pikepdf.Dictionary):
                _annotation(mark, f"第{number}页", held)
    form = document.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        for entry in listed(form.get("/Fields")):
            _form_value(entry, WHOLE, held, 0)
        if "/XFA" in form:
            held.add(codes.FORM_VALUE, WHOLE, "文件中有 XFA 表单数据")


def _annotation(mark: pikepdf.Dictionary, where: str, held: Held) -> None:
    kind = str(mark.get("/Subtype", ""))
    for key in ("/Contents", "/T", "/Subj", "/RC", "/OverlayText"):
        if key in mark:
            held.text.append(str(mark[key]))
    if kind == "/Link":
        held.text.extend(str(value) for key, value in items(mark.get("/A")) if key == "/URI")
        return
    if kind == "/Widget":
        _form_value(mark, where, held, 0)
        return
    if kind != "/Popup":
        words = short(str(mark.get("/Contents", "")))
        held.add(
            codes.ANNOTATION, where, f"页面上有{_NAMES.get(kind, '批注')}{f'：{words}' if words else ''}"
        )


def covering(document: pikepdf.Pdf) -> dict[int, list[Remark]]:
    """Per page the remarks and fields that may lie over something; taken away, they would show it."""
    found: dict[int, list[Remark]] = {}
    for number, page in enumerate(document.pages, 1):
        for mark in listed(page.get("/Annots")):
            if not isinstance(mark, pikepdf.Dictionary):
                continue
            kind = str(mark.get("/Subtype", ""))
            try:
                sides = [float(side) for side in listed(mark.get("/Rect"))]
            except (TypeError, ValueError):
                continue
            if len(sides) != 4 or kind in _NEVER_OVER:
                continue
            filled = "/IC" in mark or "/BG" in mark.get("/MK", pikepdf.Dictionary())
            sure = kind in ("/Redact", "/FreeText") or (kind in ("/Square", "/Widget") and filled)
            across, down = sorted(sides[::2]), sorted(sides[1::2])
            box = (across[0], down[0], across[1], down[1])
            found.setdefault(number, []).append(
                Remark(box, sure, sure or kind in _PAINTING, kind == "/Redact")
            )
    return found


def _form_value(entry: Any, where: str, held: Held, depth: int) -> None:
    if not isinstance(entry, pikepdf.Dictionary) or depth > MOST_DEPTH:
        return
    for key in ("/V", "/DV"):
        value = entry.get(key)
        words = str(value) if isinstance(value, pikepdf.String) else ""
        if isinstance(value, pikepdf.Stream):
            words = value.read_bytes()[:100_000].decode("utf-8", "replace")
        held.text.append(words)
        if words.strip():
            held.add(codes.FORM_VALUE, where, f"表单中填有内容：{short(words)}")
    for part in listed(entry.get("/Kids")):
        _form_value(part, where, held, depth + 1)
