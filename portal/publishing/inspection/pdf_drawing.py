"""A PDF page's objects in painting order: where pictures are, what lies over something, what of a picture is cut off.

Works on pdfium's raw objects; whoever calls it holds the lock of pdf_pages.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from portal.publishing.inspection.findings import Unreadable

MOST_DEPTH = 12
MOST_OBJECTS = 200_000
LAST = MOST_OBJECTS * 2
BAND = 24.0
LEAST_SIDE = 3.0
MOST_CUT = 0.04
LEAST_COVERED = 0.002

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
AS_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Cover:
    """Something painted at a place in the order; `sure`: a plain opaque rectangle, line or picture, so that
    nothing under it shows; else its shape or paint is not that plain. `is_mark`: it says that what is under
    it shall go, however it looks."""

    place: int
    box: Box
    sure: bool
    is_picture: bool = False
    is_mark: bool = False


@dataclass(frozen=True)
class Remark:
    """A rectangle of a remark or field over a page; `over_pictures`: of a kind that people paint out with;
    `is_mark`: a mark of what shall be redacted."""

    box: Box
    sure: bool
    over_pictures: bool
    is_mark: bool = False


@dataclass
class Drawing:
    """The page's objects: the place of each in the painting order, covers by bands of height, pictures."""

    order: dict[int, int] = field(default_factory=dict)
    covers: list[Cover] = field(default_factory=list)
    bands: dict[int, list[Cover]] = field(default_factory=lambda: defaultdict(list))
    pictures: list[tuple[int, Box]] = field(default_factory=list)
    cut: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def add(self, cover: Cover) -> None:
        """One more cover; what is too thin to lie over letters is left out."""
        left, bottom, right, top = cover.box
        if min(right - left, top - bottom) < LEAST_SIDE:
            return
        self.covers.append(cover)
        for band in range(_band(bottom), _band(top) + 1):
            self.bands[band].append(cover)

    def over(self, place: int, box: Box) -> Iterator[Cover]:
        """The covers painted after a place that lie over most of a box."""
        size = max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))
        for cover in self.bands.get(_band((box[1] + box[3]) / 2), ()):
            if cover.place > place and overlap(box, cover.box) >= size * 0.6:
                yield cover

    def covered_pictures(self) -> int:
        """How many pictures have a plain box or a smaller picture over a part of them, or are partly cut off."""
        return self.cut + sum(
            any(cover.place != LAST and _hides(cover, place, box) for cover in self.covers)
            for place, box in self.pictures
        )

    def pictures_under_remarks(self) -> int:
        """How many pictures have a remark over them that may hide a part."""
        boxes = [remark.box for remark in self.remarks if remark.over_pictures]
        return sum(any(overlap(box, over) > 0 for over in boxes) for _, box in self.pictures)


def _hides(cover: Cover, place: int, box: Box) -> bool:
    if not cover.sure or cover.place <= place:
        return False
    shared, size = overlap(box, cover.box), max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))
    # Scanners put layers of the same size over each other; that is one picture.
    return shared >= size * LEAST_COVERED and not (cover.is_picture and shared > size * 0.6)


def _band(height: float) -> int:
    return max(-100, min(1000, int(height // BAND)))


def drawing_of(page: Any, remarks: Iterable[Remark]) -> Drawing:
    """The drawing of a page with the remarks over it. Raises Unreadable."""
    drawing = Drawing(remarks=list(remarks))
    for remark in drawing.remarks:
        drawing.add(Cover(LAST, remark.box, remark.sure, is_mark=remark.is_mark))
    sides = page.get_bbox()
    count = pdfium.FPDFPage_CountObjects(page)
    _collect((pdfium.FPDFPage_GetObject(page, at) for at in range(count)), AS_IS, drawing, sides, 0)
    return drawing


def _collect(objects: Iterator[Any], matrix: Matrix, drawing: Drawing, page: Box, depth: int) -> None:
    for item in objects:
        place = len(drawing.order)
        if place > MOST_OBJECTS:
            raise Unreadable("PDF 页面对象过多")
        drawing.order[ctypes.addressof(item.contents)] = place
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MOST_DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(item)
            inner = (pdfium.FPDFFormObj_GetObject(item, at) for at in range(count))
            _collect(inner, _times(_matrix(item), matrix), drawing, page, depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _placed(_bounds(item), matrix)
            drawing.pictures.append((place, box))
            drawing.cut += _is_cut(item, box, matrix, page)
            drawing.add(Cover(place, box, not pdfium.FPDFPageObj_HasTransparency(item), is_picture=True))
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING):
            box = _placed(_bounds(item), matrix)
            drawing.add(Cover(place, box, kind == pdfium.FPDF_PAGEOBJ_PATH and _is_plain(item, box)))


def _matrix(item: Any) -> Matrix:
    got = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, got):
        return AS_IS
    return got.a, got.b, got.c, got.d, got.e, got.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _bounds(item: Any) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _placed(box: Box, matrix: Matrix) -> Box:
    return _around([(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])], matrix)


def _around(points: list[tuple[float, float]], matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    across = [x * a + y * c + e for x, y in points]
    down = [x * b + y * d + f for x, y in points]
    return min(across), min(down), max(across), max(down)


def _is_plain(item: Any, box: Box) -> bool:
    """True for a filled rectangle or a line as thick as letters, neither of them see-through."""
    if pdfium.FPDFPageObj_HasTransparency(item):
        return False
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroked)
    segments = pdfium.FPDFPath_CountSegments(item)
    colour = [ctypes.c_uint() for _ in range(4)]
    if mode.value and segments <= 6:
        return not pdfium.FPDFPageObj_GetFillColor(item, *colour) or colour[3].value >= 250
    width = ctypes.c_float()
    if (
        stroked.value
        and pdfium.FPDFPageObj_GetStrokeWidth(item, width)
        and width.value >= 4
        and segments <= 3
    ):
        return min(box[2] - box[0], box[3] - box[1]) <= width.value * 2.5
    return False


def _is_cut(item: Any, box: Box, matrix: Matrix, page: Box) -> bool:
    """True if a part of a picture lies off the page or outside the path that it is clipped to."""
    size = max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))
    if overlap(box, page) < size * (1 - MOST_CUT):
        return True
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    if not clip:
        return False
    seen = box
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
        points = []
        for at in range(max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
            x, y = ctypes.c_float(), ctypes.c_float()
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, at)
            if segment and pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if points:
            left, bottom, right, top = _around(points, matrix)
            seen = (max(seen[0], left), max(seen[1], bottom), min(seen[2], right), min(seen[3], top))
    return overlap(box, seen) < size * (1 - MOST_CUT)


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0
