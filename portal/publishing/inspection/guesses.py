"""The guesses about a picture as findings: they hold for a person and prove nothing by their absence."""

from __future__ import annotations

from PIL import Image

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import Held
from portal.publishing.inspection.red import grid_of, header_in, seal_in


def guesses(image: Image.Image, where: str, held: Held, *, first: bool) -> None:
    """What may be a seal or a red header on a picture; `first`: it is a first page or stands alone."""
    grid = grid_of(image)
    if seal_in(grid):
        held.add(
            codes.NEEDS_PERSON,
            where,
            "疑似有印章，请人工核对（未提示的页面也不能排除有印章、签名和批示）",
            blocks=False,
        )
    if first and header_in(grid):
        held.add(codes.NEEDS_PERSON, where, "疑似有红头，请人工核对（未提示也不能排除）", blocks=False)
