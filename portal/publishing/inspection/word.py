"""What an inspection finds in a DOCX beside the text on its pages."""

from __future__ import annotations

from typing import Any

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import WHOLE, Held, Inspection, Unreadable
from portal.publishing.inspection.package import Package, common
from portal.publishing.inspection.word_ink import (
    COVERED,
    INVISIBLE,
    SEEN,
    Styles,
    W,
    covering_shape,
    state_of,
    styles_of,
)
from portal.publishing.inspection.xml_reading import local

MAIN = "word/document.xml"
# A part's root element and the place that its words stand in.
_STORIES = {
    "document": "正文",
    "hdr": "页眉",
    "ftr": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "glossaryDocument": "构建基块",
}
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"})
_FORMATS = frozenset({"rPrChange", "pPrChange", "tblPrChange", "sectPrChange", "tcPrChange", "trPrChange"})
_TEXT = frozenset({"t", "delText", "instrText", "delInstrText"})
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf")


def inspect_word(data: bytes) -> Inspection:
    """The findings and the text of a DOCX. Raises Unreadable."""
    package = Package(data)
    body_of(package)
    held = Held()
    styles = styles_of(package)
    for name, root in package.parts("word/"):
        if root in _STORIES:
            where = _STORIES[root] if "glossary" not in name else "构建基块"
            _story(package.xml(name), where, held, styles)
        elif root == "comments":
            _comments(package.xml(name), held)
    if package.has("word/settings.xml"):
        _settings(package.xml("word/settings.xml"), held)
    common(package, held)
    if any(name.startswith("word/media/") and name.lower().endswith(_PICTURES) for name in package.names):
        held.add(
            codes.NEEDS_PERSON,
            WHOLE,
            "文档中有图片，图中文字、印章和签名无法自动检查，请人工核对",
            blocks=False,
        )
    return Inspection(tuple(held.findings), "\n".join(part for part in held.text if part))


def body_of(package: Package) -> Any:
    """The body of the document. Raises Unreadable if it is none, or of the strict kind, which nobody uses here."""
    if package.main_part(MAIN) != MAIN or not package.has(MAIN):
        raise Unreadable("文件不是 Word 文档")
    body = package.xml(MAIN).find(W + "body")
    if body is None:
        raise Unreadable("文档没有正文，或者是不受支持的格式，请另存为普通的 DOCX")
    return body


def hides(run: Any, styles: Styles) -> bool:
    """True if a run cannot be read: hidden, without contrast to its ground, tiny or squeezed."""
    return state_of(run, styles) != SEEN


def _story(root: Any, where: str, held: Held, styles: Styles) -> None:
    words: list[str] = []
    for element in root.iter():
        name = local(element)
        if name in _TEXT:
            words.append(element.text or "")
        elif name in ("tab", "br", "cr"):
            words.append(" ")
        elif name in ("p", "tc"):
            words.append("\n")
        elif name in _CHANGES or name in _FORMATS:
            author = element.get(W + "author", "")
            held.text.append(author)
            held.add(codes.TRACKED_CHANGE, where, "有修订痕迹，删去的内容仍在文件中")
        elif name == "r" and element.tag == W + "r" and _has_text(element):
            _run(element, where, held, styles)
        elif name in ("anchor", "rect") and covering_shape(element):
            held.add(codes.COVERED_TEXT, where, "有深色图形挡在文字前面，挪开即可看到下面的内容")
        elif name == "vMerge" and _continues_with_text(element):
            held.add(codes.INVISIBLE_TEXT, where, "合并的单元格下面有文字")
        elif name == "drawing" and crop_of(element, (1000, 1000)) != (0, 0, 1000, 1000):
            held.add(codes.COVERED_PICTURE, where, "有图片被裁剪，裁去的部分仍在文件中")
        elif name in ("docPr", "cNvPr"):
            held.text += [element.get("descr", ""), element.get("title", "")]
        elif name == "altChunk":
            held.add(codes.EMBEDDED, where, "文件中嵌入了别的文档")
    held.text.append("".join(words))


def _run(run: Any, where: str, held: Held, styles: Styles) -> None:
    state = state_of(run, styles)
    if state == COVERED:
        held.add(codes.COVERED_TEXT, where, "有文字被涂上深色底纹或者突出显示，复制即可看到")
    elif state == INVISIBLE:
        held.add(codes.INVISIBLE_TEXT, where, "有隐藏的文字")


def _continues_with_text(mark: Any) -> bool:
    """True for the later part of cells merged downwards that holds words of its own: they do not show."""
    cell = next(mark.iterancestors(W + "tc"), None)
    return mark.get(W + "val", "continue") == "continue" and cell is not None and _has_text(cell)


def crop_of(drawing: Any, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part of a picture that shows, in pixels: a:srcRect gives what is cut off in 1/100,000 of each side."""
    cut = next(drawing.iter("{*}srcRect"), None)
    shares = [0.0] * 4
    for at, side in enumerate(("l", "t", "r", "b")):
        words = cut.get(side, "0") if cut is not None else "0"
        shares[at] = min(0.99, max(0.0, int(words) / 100_000)) if words.lstrip("-").isdigit() else 0.0
    width, height = size
    left, top = int(width * shares[0]), int(height * shares[1])
    right = max(left + 1, width - int(width * shares[2]))
    return left, top, right, max(top + 1, height - int(height * shares[3]))


def _has_text(run: Any) -> bool:
    return any((part.text or "").strip() for part in run.iter(W + "t", W + "delText"))


def _comments(root: Any, held: Held) -> None:
    words = ["".join(part.text or "" for part in entry.iter(W + "t")) for entry in root.iter(W + "comment")]
    held.text += words
    held.text += [entry.get(W + "author", "") for entry in root.iter(W + "comment")]
    for entry in words:
        held.add(codes.COMMENT, "正文", f"有批注：{entry[:24]}")


def _settings(root: Any, held: Held) -> None:
    for entry in root.iter(W + "docVar"):
        held.text.append(entry.get(W + "val", ""))
        held.add(codes.PROPERTIES, WHOLE, "文件中有文档变量", blocks=False)
