"""A page as a picture with its boxes painted out: the hatch tells the ground, and nothing lies under it."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFont

from portal.redaction.layer import Matrix
from portal.redaction.orders import CannotRedact, Rectangle

DOTS = 200
MOST_POINTS = 60_000_000
QUALITY = 80
COLOURFUL = 24
HATCH, LINE, INK = 14, 2, 110


@dataclass(frozen=True)
class Painted:
    """A JPEG of a page, its size in points, and the way from the page's own space to the new page's."""

    jpeg: bytes
    pixels: tuple[int, int]
    is_grey: bool
    size: tuple[float, float]
    to_page: Matrix


def paint(
    page: Any, number: int, boxes: Sequence[tuple[Rectangle, str]], font: Path | None, whole: str = ""
) -> Painted:
    """The picture of a page at 200 dots an inch; `whole` is the ground on which all of it is withheld.

    Raises CannotRedact for a page that is too large, or that the reader cannot draw.
    """
    width, height = page.get_size()
    across, down = max(1, round(width * DOTS / 72)), max(1, round(height * DOTS / 72))
    if across * down > MOST_POINTS:
        raise CannotRedact(f"第{number}页幅面过大，请缩小页面后重新上传")
    is_grey = bool(whole) or not _is_colourful(page)
    try:
        image = Image.new("L", (across, down), 255) if whole else _drawn(page, across, down, is_grey)
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise CannotRedact(f"第{number}页无法显示，请用软件重新导出后上传") from error
    draw = ImageDraw.Draw(image)
    if whole:
        _hatch(image, draw, (0, 0, across - 1, down - 1), whole, font)
    for rectangle, ground in boxes:
        _hatch(image, draw, pixels_of(page, (across, down), rectangle), ground, font)
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=QUALITY, dpi=(DOTS, DOTS))
    return Painted(packed.getvalue(), image.size, is_grey, (width, height), _to_page(page, width, height))


def _drawn(page: Any, across: int, down: int, is_grey: bool) -> Image.Image:
    """Without remarks and forms: their icons and values are none of the page."""
    kind = pdfium.FPDFBitmap_Gray if is_grey else pdfium.FPDFBitmap_BGR
    bitmap = pypdfium2.PdfBitmap.new_native(across, down, kind)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
    flags = pdfium.FPDF_GRAYSCALE if is_grey else 0
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, flags)
    image: Image.Image = bitmap.to_pil()
    return image.convert("L" if is_grey else "RGB").copy()


def _is_colourful(page: Any) -> bool:
    """Look at a small picture: a page of black and grey needs a third of the space."""
    small = page.render(scale=0.5, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")
    red, green, blue = small.split()
    parts = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return any(sum(part.histogram()[COLOURFUL:]) for part in parts)


def pixels_of(page: Any, size: tuple[int, int], rectangle: Rectangle) -> tuple[int, int, int, int]:
    """A rectangle of the page's own space on a picture of that size, turned and cropped as the page is."""
    across, down = [], []
    for x, y in ((rectangle[0], rectangle[1]), (rectangle[2], rectangle[3]), (rectangle[0], rectangle[3])):
        to_x, to_y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, to_x, to_y)
        across.append(to_x.value)
        down.append(to_y.value)
    return min(across) - 1, min(down) - 1, max(across) + 1, max(down) + 1


def _to_page(page: Any, width: float, height: float) -> Matrix:
    """By three points: fine enough at a million dots a side."""
    side = 1_000_000
    found = []
    for x, y in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        to_x, to_y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, side, side, 0, x, y, to_x, to_y)
        found.append((to_x.value * width / side, height - to_y.value * height / side))
    (e, f), (ax, ay), (cx, cy) = found
    return (ax - e) / 1000, (ay - f) / 1000, (cx - e) / 1000, (cy - f) / 1000, e, f


def _hatch(
    image: Image.Image, draw: Any, box: tuple[int, int, int, int], ground: str, font: Path | None
) -> None:
    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(image.width - 1, box[2]), min(image.height - 1, box[3])
    if right < left or bottom < top:
        return
    tile = Image.new("L", (right - left + 1, bottom - top + 1), 235)
    pen = ImageDraw.Draw(tile)
    for start in range(-tile.height, tile.width, HATCH):
        pen.line((start, tile.height, start + tile.height, 0), fill=INK, width=LINE)
    pen.rectangle((0, 0, tile.width - 1, tile.height - 1), outline=0, width=LINE)
    _label(tile, pen, ground, font)
    image.paste(tile if image.mode == "L" else tile.convert("RGB"), (left, top))


def _label(tile: Image.Image, pen: Any, ground: str, font: Path | None) -> None:
    """The ground in the middle of the hatch, as large as it fits; none where it would be too small to read."""
    if font is None or not ground:
        return
    for size in range(min(36, int(tile.height * 0.8)), 11, -2):
        face = ImageFont.truetype(str(font), size)
        left, top, right, bottom = pen.textbbox(
            (tile.width / 2, tile.height / 2), ground, font=face, anchor="mm"
        )
        if right - left <= tile.width - 8 and bottom - top <= tile.height - 4:
            pen.rectangle((left - 4, top - 2, right + 4, bottom + 2), fill=235)
            pen.text((tile.width / 2, tile.height / 2), ground, fill=0, font=face, anchor="mm")
            return
