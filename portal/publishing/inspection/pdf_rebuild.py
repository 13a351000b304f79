"""A PDF made anew from its pages: what is seen stays, everything else is left behind.

Kept: page boxes, drawing operators, fonts, pictures. Left: revisions, properties, remarks, form fields,
links, attachments, scripts, structure and marked content (with its ActualText), invisible text.
The new pages are compared with the old ones as pictures, so that nothing seen is lost or shown anew.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pikepdf
from PIL import Image, ImageChops

from portal.publishing.inspection import pdf_pages
from portal.publishing.inspection.findings import CannotRegenerate, Unreadable
from portal.publishing.inspection.pdf_content import without_hidden_text
from portal.publishing.inspection.pdf_structure import opened
from portal.publishing.inspection.streams import jpeg_bare

PAGE_KEYS = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit")
INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
RESOURCE_KEYS = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet")
LEFT_OUT = (
    "/Metadata",
    "/PieceInfo",
    "/OC",
    "/Alternates",
    "/OPI",
    "/Ref",
    "/LastModified",
    "/StructParent",
    "/StructParents",
    "/Measure",
    "/PtData",
    "/AF",
    "/Name",
)
COMPARED_SIDE = 700
DOTS = 200
MOST_DEPTH = 40
DIFFERENT = 60
MOST_DIFFERENT = 0.0003


@dataclass(frozen=True)
class Leaving:
    """Which text is left out: white text too; unpainted text goes unless it stays."""

    white: bool
    unpainted_stays: bool


def rebuild(
    data: bytes,
    title: str,
    *,
    flattened: frozenset[int] = frozenset(),
    without_white: bool = False,
    keep_unpainted: bool = False,
) -> bytes:
    """The new file. Raises CannotRegenerate if the pages would no longer look the same.

    `flattened` are pages, from 1, that become one picture each, so that what their pictures hide is gone.
    `without_white` also leaves out text in white, which may be invisible or stand on a dark ground.
    `keep_unpainted` keeps the words that a machine read from a scan and laid over it.
    """
    try:
        made = _made(data, title, flattened, Leaving(without_white, keep_unpainted))
        _compare(data, made, flattened)
    except pikepdf.PasswordError as error:
        raise CannotRegenerate("PDF 已加密，请去除密码后上传") from error
    except Unreadable as error:
        raise CannotRegenerate(error.sentence) from error
    except (pikepdf.PdfError, RecursionError) as error:
        raise CannotRegenerate("PDF 无法重新生成，请用软件重新导出后上传") from error
    return made


def _made(data: bytes, title: str, flattened: frozenset[int], leaving: Leaving) -> bytes:
    with opened(data) as source, pikepdf.new() as target:
        done: set[tuple[int, int]] = set()
        source.remove_unreferenced_resources()
        for number, page in enumerate(source.pages, 1):
            if number in flattened:
                _flatten(source, page, *pdf_pages.page_picture(data, number, DOTS))
            else:
                _clean_page(source, page, leaving, done)
        source.remove_unreferenced_resources()
        target.pages.extend(source.pages)
        target.Root["/Lang"] = pikepdf.String(_language(source))
        target.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
        target.trailer["/Info"] = target.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(title)))
        out = io.BytesIO()
        target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _language(source: pikepdf.Pdf) -> str:
    """The language that the file says, if it says one that can be one; else Chinese."""
    said = source.Root.get("/Lang")
    words = str(said).strip() if isinstance(said, pikepdf.String) else ""
    return words if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}", words) else "zh-CN"


def _flatten(source: pikepdf.Pdf, page: pikepdf.Page, image: Image.Image, size: tuple[float, float]) -> None:
    """Turn a page into a picture of itself."""
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=88, optimize=True)
    picture = source.make_stream(
        packed.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
    )
    picture.Filter = pikepdf.Name.DCTDecode
    width, height = size
    thing = page.obj
    for key in list(thing.keys()):
        if key not in ("/Type", "/Parent"):
            del thing[key]
    # An inherited Rotate or CropBox must not come back.
    thing["/Rotate"] = 0
    thing["/MediaBox"] = thing["/CropBox"] = pikepdf.Array([0, 0, round(width, 3), round(height, 3)])
    thing["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=picture))
    thing["/Contents"] = source.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q".encode())


def bare_pages(source: pikepdf.Pdf, numbers: Iterable[int]) -> None:
    """Make pages, from 1, bare in their own document: what is seen and the words of scans, nothing else.

    Raises Unreadable.
    """
    done: set[tuple[int, int]] = set()
    source.remove_unreferenced_resources()
    for number in numbers:
        _clean_page(source, source.pages[number - 1], Leaving(white=False, unpainted_stays=True), done)
    source.remove_unreferenced_resources()


def _clean_page(
    source: pikepdf.Pdf, page: pikepdf.Page, leaving: Leaving, done: set[tuple[int, int]]
) -> None:
    thing = page.obj
    for key in INHERITED:
        if key not in thing and (value := _inherited(thing, key)) is not None:
            thing[key] = value
    for key in list(thing.keys()):
        if key not in PAGE_KEYS and key != "/Parent":
            del thing[key]
    content = without_hidden_text(page, white_too=leaving.white, keep_unpainted=leaving.unpainted_stays)
    thing["/Contents"] = source.make_stream(content)
    _clean_resources(thing.get("/Resources"), leaving, done, 0)


def _inherited(thing: Any, key: str) -> Any:
    for _ in range(MOST_DEPTH):
        thing = thing.get("/Parent")
        if thing is None:
            return None
        if key in thing:
            return thing[key]
    return None


def _clean_resources(resources: Any, leaving: Leaving, done: set[tuple[int, int]], depth: int) -> None:
    if not isinstance(resources, pikepdf.Dictionary):
        return
    if depth > MOST_DEPTH:
        raise Unreadable("PDF 结构过深")
    for key in list(resources.keys()):
        if key not in RESOURCE_KEYS:
            del resources[key]
    for family in ("/XObject", "/Pattern", "/Font", "/ExtGState"):
        for _, thing in resources.get(family, pikepdf.Dictionary()).items():
            _clean_thing(thing, leaving, done, depth + 1)


def _clean_thing(thing: Any, leaving: Leaving, done: set[tuple[int, int]], depth: int) -> None:
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    if thing.is_indirect:
        if thing.objgen in done:
            return
        done.add(thing.objgen)
    for key in LEFT_OUT:
        if key in thing:
            del thing[key]
    mask = thing.get("/SMask")
    if isinstance(mask, pikepdf.Stream):
        _clean_thing(mask, leaving, done, depth + 1)
    elif isinstance(mask, pikepdf.Dictionary):
        _clean_thing(mask.get("/G"), leaving, done, depth + 1)
    if not isinstance(thing, pikepdf.Stream):
        _clean_resources(thing.get("/Resources"), leaving, done, depth)
        return
    if str(thing.get("/Filter", "")) == "/DCTDecode":
        packing: Any = thing.get("/DecodeParms")
        thing.write(jpeg_bare(thing.read_raw_bytes()), filter=pikepdf.Name.DCTDecode, decode_parms=packing)
    elif str(thing.get("/Subtype", "")) == "/Form" or "/PatternType" in thing:
        bare = without_hidden_text(thing, white_too=leaving.white, keep_unpainted=leaving.unpainted_stays)
        thing.write(bare)
        _clean_resources(thing.get("/Resources"), leaving, done, depth)


def _compare(before: bytes, after: bytes, flattened: frozenset[int]) -> None:
    olds = pdf_pages.small_pictures(before, COMPARED_SIDE)
    news = pdf_pages.small_pictures(after, COMPARED_SIDE)
    for number, (old, new) in enumerate(zip_longest(olds, news), 1):
        if old is not None and new is not None and old.size == new.size:
            changed = ImageChops.difference(old, new).point(lambda value: 255 if value > DIFFERENT else 0)
            if number in flattened or changed.histogram()[255] <= MOST_DIFFERENT * old.width * old.height:
                continue
        raise CannotRegenerate(f"PDF 第{number}页重新生成后与原来不同，请用软件重新导出后上传")
