"""Binding a case's files into one PDF: in order, pages numbered through, what is not ours shown as pictures.

Our own papers keep their text and tags. Foreign PDFs and pictures become pictures of their pages, since nobody can say
what is inside them; the files themselves are kept inside, unchanged, with whatever has no pages of its own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from portal.documents.joining import Picture, Volume

DPI = 150
LONGEST_EDGE = 2200
QUALITY = 80


@dataclass(frozen=True)
class Piece:
    """One file to be bound; `is_ours` for a paper that this house made as PDF/A and PDF/UA."""

    name: str
    data: bytes
    media_type: str
    is_ours: bool = False


@dataclass(frozen=True)
class Bound:
    """Where a piece ended up: first and last page of the numbering, (0, 0) for one that is only kept inside."""

    name: str
    first: int
    last: int

    @property
    def pages(self) -> str:
        """The pages in words: 3, 3-5, or that it is an attachment."""
        if not self.first:
            return "电子件"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class _Drawn:
    """A piece with the pictures of its pages; none for a paper of our own or a file without pages."""

    piece: Piece
    pictures: list[Picture]
    pages: int


class Binding:
    """Pieces on their way into one file: where each will be is known before the sheets in front are made."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._drawn = [_draw(piece) for piece in pieces]

    @property
    def placed(self) -> list[Bound]:
        """Where each piece is, counted from the first page after the sheets in front."""
        found, last = [], 0
        for drawn in self._drawn:
            found.append(
                Bound(
                    drawn.piece.name, last + 1 if drawn.pages else 0, last + drawn.pages if drawn.pages else 0
                )
            )
            last += drawn.pages
        return found

    def bound(self, title: str, front: Sequence[bytes]) -> tuple[bytes, int]:
        """The whole file with unnumbered sheets in front, and its number of pages."""
        volume = Volume(title)
        for sheet in front:
            volume.add(sheet)
        first = volume.pages
        for drawn in self._drawn:
            piece = drawn.piece
            if piece.is_ours:
                volume.add(piece.data, piece.name)
                continue
            if drawn.pictures:
                volume.add_pictures(drawn.pictures, piece.name)
            volume.attach(piece.name, piece.data, piece.media_type)
        volume.number_pages(first)
        return volume.saved(), volume.pages


def _draw(piece: Piece) -> _Drawn:
    if piece.is_ours:
        with pypdfium2.PdfDocument(piece.data) as paper:
            return _Drawn(piece, [], len(paper))
    pictures = _pictures(piece)
    return _Drawn(piece, pictures, len(pictures))


def _pictures(piece: Piece) -> list[Picture]:
    """A picture of each page; none if the file has no pages or cannot be read."""
    try:
        if piece.media_type == "application/pdf":
            with pypdfium2.PdfDocument(piece.data) as document:
                return [
                    _picture(page.render(scale=DPI / 72).to_pil(), f"{piece.name}第{number}页")
                    for number, page in enumerate(document, 1)
                ]
        if piece.media_type in ("image/jpeg", "image/png"):
            with Image.open(io.BytesIO(piece.data)) as image:
                return [_picture(image, piece.name)]
    except (pypdfium2.PdfiumError, OSError):
        return []
    return []


def _picture(image: Image.Image, words: str) -> Picture:
    shown = image.convert("L") if image.mode in ("1", "L") else image.convert("RGB")
    shown.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), shown.width, shown.height, shown.mode == "L", f"附件图像：{words}")
