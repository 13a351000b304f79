"""What an inspection finds in a DOCX beside the text on its pages."""

from __future__ import annotations

from typing import Any

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import WHOLE, Held, Inspection, Unreadable
from portal.publishing.inspection.package import Package, common
from portal.publishing.inspection.xml_reading import local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
_OFF = ("0", "false", "off", "none")


def inspect_word(data: bytes) -> Inspection:
    """The findings and the text of a DOCX. Raises Unreadable."""
    package = Package(data)
    body_of(package)
    held = Held()
    hidden_styles = hidden_style_names(package)
    for name, root in package.parts("word/"):
        if root in _STORIES:
            where = _STORIES[root] if "glossary" not in name else "构建基块"
            _story(package.xml(name), where, held, hidden_styles)
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


def is_on(properties: Any, name: str) -> bool:
    """True if a run's or style's properties switch something on (w:vanish without a value, or not 0)."""
    found = properties.find(W + name) if properties is not None else None
    return found is not None and str(found.get(W + "val", "1")).lower() not in _OFF


def hidden_style_names(package: Package) -> set[str]:
    """The ids of styles whose text is hidden, by themselves or by what they build on."""
    if not package.has("word/styles.xml"):
        return set()
    styles: dict[str, tuple[bool, str]] = {}
    for style in package.xml("word/styles.xml").iter(W + "style"):
        based = style.find(W + "basedOn")
        parent = based.get(W + "val", "") if based is not None else ""
        styles[style.get(W + "styleId", "")] = (is_on(style.find(W + "rPr"), "vanish"), parent)
    hidden = {name for name, (vanishes, _) in styles.items() if vanishes}
    for _ in range(10):
        hidden |= {name for name, (_, parent) in styles.items() if parent in hidden}
    return hidden


def hides(run: Any, hidden_styles: set[str]) -> bool:
    """True if a run is hidden: by itself, by its style or by its paragraph's, in white, or smaller than one point."""
    properties = run.find(W + "rPr")
    if is_on(properties, "vanish") or is_on(properties, "specVanish"):
        return True
    styles = [properties.find(W + "rStyle")] if properties is not None else []
    paragraph = next(run.iterancestors(W + "p"), None)
    own = paragraph.find(W + "pPr") if paragraph is not None else None
    styles.append(own.find(W + "pStyle") if own is not None else None)
    if any(style is not None and style.get(W + "val") in hidden_styles for style in styles):
        return True
    if properties is None:
        return False
    colour, size, shade = (properties.find(W + name) for name in ("color", "sz", "shd"))
    white = colour is not None and colour.get(W + "val", "").upper() == "FFFFFF"
    on_dark = shade is not None or properties.find(W + "highlight") is not None or _shaded(run)
    tiny = size is not None and size.get(W + "val", "").isdigit() and int(size.get(W + "val")) <= 2
    return (white and not on_dark) or tiny


def _shaded(run: Any) -> bool:
    """True if the paragraph, cell or table around a run has a ground of its own."""
    return any(
        part.find(W + name + "/" + W + "shd") is not None
        for part in run.iterancestors(W + "p", W + "tc", W + "tbl")
        for name in ("pPr", "tcPr", "tblPr")
    ) or any(True for _ in run.iterancestors("{*}txbxContent"))


def _story(root: Any, where: str, held: Held, hidden_styles: set[str]) -> None:
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
        elif name == "r" and element.tag == W + "r" and _has_text(element) and hides(element, hidden_styles):
            held.add(codes.INVISIBLE_TEXT, where, "有隐藏的文字")
        elif name == "drawing" and crop_of(element, (1000, 1000)) != (0, 0, 1000, 1000):
            held.add(codes.COVERED_PICTURE, where, "有图片被裁剪，裁去的部分仍在文件中")
        elif name in ("docPr", "cNvPr"):
            held.text += [element.get("descr", ""), element.get("title", "")]
        elif name == "altChunk":
            held.add(codes.EMBEDDED, where, "文件中嵌入了别的文档")
    held.text.append("".join(words))


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
