"""Binding many files into one PDF: in order, pages numbered through, what is not a page kept as an attachment."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from PIL import Image

A4_PIXELS = (1240, 1754)
DPI = 150
NUMBER_POINTS = 11
FROM_EDGE = 28


@dataclass(frozen=True)
class Piece:
    """One file to be bound."""

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True)
class Bound:
    """Where a piece ended up: first and last page of the numbering, (0, 0) for one that is kept as an attachment."""

    name: str
    first: int
    last: int

    @property
    def pages(self) -> str:
        """The pages in words: 3, 3-5, or that it is an attachment."""
        if not self.first:
            return "电子件"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def bind(pieces: Sequence[Piece]) -> tuple[bytes, list[Bound]]:
    """The pieces in order as one PDF whose pages are numbered from 1, and where each is."""
    book = pikepdf.new()
    placed = []
    for piece in pieces:
        pages = _as_pdf(piece)
        if pages is None:
            book.attachments[piece.name] = pikepdf.AttachedFileSpec(
                book,
                piece.data,
                filename=piece.name,
                mime_type=piece.media_type,
                creation_date="",
                mod_date="",
                description="",
            )
            placed.append(Bound(piece.name, 0, 0))
            continue
        first = len(book.pages) + 1
        with pages:
            book.pages.extend(pages.pages)
        placed.append(Bound(piece.name, first, len(book.pages)))
    _number(book)
    return _saved(book), placed


def put_before(front: Sequence[bytes], body: bytes) -> tuple[bytes, int]:
    """Unnumbered sheets before a bound body; gives the whole and its number of pages."""
    with pikepdf.open(io.BytesIO(body)) as book:
        for sheet in reversed(front):
            with pikepdf.open(io.BytesIO(sheet)) as pages:
                for page in reversed(pages.pages):
                    book.pages.insert(0, page)
        return _saved(book), len(book.pages)


def _saved(book: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    book.save(out, deterministic_id=True)
    return out.getvalue()


def _as_pdf(piece: Piece) -> pikepdf.Pdf | None:
    """The piece as a PDF; None if it has no pages of its own."""
    try:
        if piece.media_type == "application/pdf":
            return pikepdf.open(io.BytesIO(piece.data))
        if piece.media_type in ("image/jpeg", "image/png"):
            return pikepdf.open(io.BytesIO(_picture(piece.data)))
    except (pikepdf.PdfError, OSError):
        return None
    return None


def _picture(data: bytes) -> bytes:
    """A picture in the middle of an A4 page, made smaller if it must be."""
    with Image.open(io.BytesIO(data)) as picture:
        shown = picture.convert("RGB")
    shown.thumbnail((A4_PIXELS[0] - 120, A4_PIXELS[1] - 160))
    sheet = Image.new("RGB", A4_PIXELS, "white")
    sheet.paste(shown, ((A4_PIXELS[0] - shown.width) // 2, (A4_PIXELS[1] - shown.height) // 2))
    out = io.BytesIO()
    sheet.save(out, "PDF", resolution=DPI)
    return out.getvalue()


def _number(book: pikepdf.Pdf) -> None:
    """Each page's number in its upper right corner, as an artifact that reading aloud skips."""
    face = book.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for number, page in enumerate(book.pages, 1):
        right, top = float(page.trimbox[2]), float(page.trimbox[3])
        name = page.add_resource(face, pikepdf.Name.Font)
        x, y = right - FROM_EDGE - 6 * len(str(number)), top - FROM_EDGE
        ink = f"/Artifact BMC q BT {name} {NUMBER_POINTS} Tf 0 g {x:.1f} {y:.1f} Td ({number}) Tj ET Q EMC"
        page.contents_coalesce()
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q " + ink.encode())
