"""Pages as they are drawn in the browser: a picture with the marks as rectangles upon it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from portal.records.forms import share_of
from portal.records.models import RecordPage


def drawn_pages(
    sheets: Iterable[RecordPage],
    marks: Mapping[str, Any],
    labels: Mapping[str, str],
    address: Callable[[RecordPage], str],
    *,
    words: Sequence[Any] = (),
    objections: Sequence[Any] = (),
) -> list[dict[str, Any]]:
    """Each page with its picture's address and its marks; `words` are places of words, `objections` what parties marked."""
    whole = {mark["page"]: labels[mark["ground"]] for mark in marks["pages"]}
    rows = []
    for sheet in sheets:
        rows.append(
            {
                "sheet": sheet,
                "picture": address(sheet),
                "boxes": [
                    on_picture(sheet, mark["box"], labels[mark["ground"]])
                    for mark in marks["boxes"]
                    if mark["page"] == sheet.number
                ],
                "words": [
                    on_picture(sheet, list(place.rectangle)) for place in words if place.page == sheet.number
                ],
                "objections": [
                    on_picture(sheet, row.box, row.stake)
                    for row in objections
                    if row.page == sheet.number and row.box
                ],
                "whole": whole.get(sheet.number, ""),
            }
        )
    return rows


def on_picture(sheet: RecordPage, box: list[float], label: str = "") -> dict[str, Any]:
    """A box as a rectangle on the page's picture, and how large its label may be."""
    left, top, right, bottom = share_of(sheet.space, box)
    width, height = (right - left) * sheet.width, (bottom - top) * sheet.height
    size = max(6.0, min(18.0, height * 0.8, width / max(1, len(label))))
    sides = {"x": left * sheet.width, "y": top * sheet.height, "width": width, "height": height, "size": size}
    return {name: round(value, 1) for name, value in sides.items()} | {"label": label}
