"""How much of a place on a page is withheld: by its signs, or by its surface where it has none. Runs in the child process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pypdfium2

from portal.redaction.engine import TOUCHED
from portal.redaction.orders import Rectangle
from portal.redaction.reading import letters_of, overlap_share, places_in

PARTS = 10


def left_of(
    data: bytes, places: Sequence[Mapping[str, Any]], marks: Mapping[str, Any]
) -> list[tuple[int, int]]:
    """(signs, signs left open) of each place; a place without a box is its whole page."""
    found = []
    whole = {row["page"] for row in marks["pages"]}
    with pypdfium2.PdfDocument(data) as document:
        for place in places:
            number = place["page"]
            page = document[number - 1]
            letters = [letter for letter in letters_of(page) if letter.size]
            boxes = [tuple(row["box"]) for row in marks["boxes"] if row["page"] == number]
            words = {row["text"]: "" for row in marks["words"]}
            boxes += [hit.rectangle for hit in places_in(letters, number, words)] if words else []
            box: Rectangle = tuple(place["box"]) if place.get("box") else page.get_bbox()
            mine = [letter.box for letter in letters if overlap_share(letter.box, box) >= TOUCHED]
            page.close()
            if number in whole:
                found.append((len(mine) or PARTS * PARTS, 0))
            elif mine:
                left = [sign for sign in mine if not _is_taken(sign, boxes)]
                found.append((len(mine), len(left)))
            else:
                found.append((PARTS * PARTS, sum(not _holds(boxes, *point) for point in _points(box))))
    return found


def _is_taken(sign: Rectangle, boxes: Sequence[Any]) -> bool:
    return any(overlap_share(sign, box) >= TOUCHED for box in boxes)


def _points(box: Rectangle) -> list[tuple[float, float]]:
    left, bottom, right, top = box
    across, high = (right - left) / PARTS, (top - bottom) / PARTS
    return [
        (left + (x + 0.5) * across, bottom + (y + 0.5) * high) for x in range(PARTS) for y in range(PARTS)
    ]


def _holds(boxes: Sequence[Any], x: float, y: float) -> bool:
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in boxes)
