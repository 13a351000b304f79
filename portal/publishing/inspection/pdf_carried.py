"""What a PDF carries along: attachments, scripts and actions, private data, telling pictures, hidden layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import WHOLE, Held, Unreadable
from portal.publishing.inspection.pdf_content import SPOKEN
from portal.publishing.inspection.pdf_structure import MOST_DEPTH, items, listed, short
from portal.publishing.inspection.streams import jpeg_tells

_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/Rendition",
        "/GoToR",
        "/GoToE",
        "/Movie",
        "/Sound",
    }
)
_PRIVATE = ("/PieceInfo", "/Thumb", "/Alternates", "/OPI")
Look = Callable[[bytes, str], str]


def carried(document: pikepdf.Pdf, held: Held, look: Look) -> None:
    """Attached files, scripts and actions, private data of programs, and what pictures in it tell."""
    for item in document.objects:
        for thing in _within(item, 0):
            _thing(thing, held, look)
    start = document.Root.get("/OpenAction")
    if isinstance(start, pikepdf.Dictionary) and str(start.get("/S", "")) not in ("/GoTo", ""):
        held.add(codes.ACTION, WHOLE, "打开文件时会自动执行操作")
    names = document.Root.get("/Names")
    for key, _ in items(names):
        if key == "/JavaScript":
            held.add(codes.ACTION, WHOLE, "文件中有脚本")
        elif key == "/EmbeddedFiles":
            held.add(codes.ATTACHMENT, WHOLE, "文件中夹带附件")


def _within(item: Any, depth: int) -> Iterator[Any]:
    """The dictionaries of an object, those written directly into it too."""
    if depth > MOST_DEPTH:
        raise Unreadable("PDF 结构过深")
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        parts: list[Any] = [part for _, part in item.items()]
    elif isinstance(item, pikepdf.Array):
        parts = list(item)
    else:
        return
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _within(part, depth + 1)


def _thing(thing: Any, held: Held, look: Look) -> None:
    if "/JS" in thing or "/AA" in thing or str(thing.get("/S", "")) in _ACTIONS:
        held.add(codes.ACTION, WHOLE, "文件中有脚本或者自动操作")
    held.text += [
        str(thing[key]) for key in (*SPOKEN, "/Title", "/TU") if isinstance(thing.get(key), pikepdf.String)
    ]
    if "/EF" in thing:
        name = str(thing.get("/UF", thing.get("/F", "附件")))
        held.add(codes.ATTACHMENT, WHOLE, f"文件中夹带附件“{short(name)}”")
        held.text.append(name)
        for _, stream in items(thing["/EF"]):
            if isinstance(stream, pikepdf.Stream):
                held.text.append(look(stream.read_bytes(), name))
    if any(key in thing for key in _PRIVATE):
        held.add(codes.EMBEDDED, WHOLE, "文件中有软件私有数据、缩略图或者备用图片，可能保留旧内容")
    is_jpeg = isinstance(thing, pikepdf.Stream) and str(thing.get("/Filter", "")) == "/DCTDecode"
    if is_jpeg and jpeg_tells(thing.read_raw_bytes()):
        held.add(codes.EXIF, WHOLE, "文件中的图片带有拍摄信息或者说明", blocks=False)


def layers(document: pikepdf.Pdf, held: Held) -> None:
    """Layers that are switched off: their content is in the file but not on the page."""
    if any(_shows_on_condition(item) for item in document.objects):
        held.add(codes.HIDDEN_LAYER, WHOLE, "文件中有按条件显示的图层")
    known = document.Root.get("/OCProperties")
    if not isinstance(known, pikepdf.Dictionary):
        return
    settings = dict(items(known.get("/D")))
    off, on = _groups(settings.get("/OFF")), _groups(settings.get("/ON"))
    all_off = str(settings.get("/BaseState", "")) == "/OFF"
    for key, group in {**_groups(known.get("/OCGs")), **off}.items():
        if key in off or (all_off and key not in on) or _is_off_by_use(group):
            held.add(codes.HIDDEN_LAYER, WHOLE, f"文件中有隐藏的图层“{short(str(group.get('/Name', '')))}”")


def _groups(value: Any) -> dict[tuple[int, int], pikepdf.Dictionary]:
    return {group.objgen: group for group in listed(value) if isinstance(group, pikepdf.Dictionary)}


def _shows_on_condition(item: Any) -> bool:
    """True for a membership that may show its content only while layers are off."""
    if not isinstance(item, pikepdf.Dictionary) or str(item.get("/Type", "")) != "/OCMD":
        return False
    return "/VE" in item or str(item.get("/P", "")) in ("/AnyOff", "/AllOff")


def _is_off_by_use(group: pikepdf.Dictionary) -> bool:
    """True if a layer is off when viewed, printed or exported."""
    states = (state for _, use in items(group.get("/Usage")) for _, state in items(use))
    return any(isinstance(state, pikepdf.Name) and str(state) == "/OFF" for state in states)
