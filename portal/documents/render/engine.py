"""WeasyPrint, behind a fetcher that refuses everything: the only module that imports it.

What comes out is PDF/UA-1 and PDF/A-2a at once. WeasyPrint writes one of the two; the other's identification is added
to its metadata before the file is written.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from portal.documents.render.conformance import with_both_identifications
from portal.documents.render.faces import faces_in, font_css, font_set, rare_css

STYLE = Path(__file__).with_name("letter.css")
OPTIONS = {"pdf_variant": "pdf/a-2a", "presentational_hints": False}
# Where the blank line before the sign-off alone drives it to another page, the line is left out: GB/T 9704-2012 7.3.5
# wants it kept with the text, and a page with a hole reads as if something were missing.
TIGHT = ".foot { margin-top: 0; }"
MOST_BLANK = (2.5 * 28.98 + 11.3) / 0.75  # two lines and the foot of the area, in CSS pixels
# Level 9, which pydyf uses, takes twice the time of level 6 for one per cent.
COMPRESSION = 6


class NothingFetched(ValueError):
    """A document asked for something from outside."""


class DenyAll(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Refuses every address but the QR code's data URI (and, for the stylesheet, the font files)."""

    def __init__(self, fonts: Path | None = None) -> None:
        super().__init__()
        self._fonts = fonts.resolve() if fonts is not None else None

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The QR code, or one of the fonts; anything else raises NothingFetched."""
        if url.startswith("data:image/png"):
            return super().fetch(url, headers)
        if self._fonts is not None and url.startswith(self._fonts.as_uri() + "/") and ".." not in url:
            return super().fetch(url, headers)
        raise NothingFetched("documents fetch nothing")


class Engine:
    """One font configuration and one parsed stylesheet, kept warm for all letters."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._configuration = FontConfiguration()
        self._signs = font_set(fonts)
        self._style = self._css(font_css(fonts) + STYLE.read_text(encoding="utf-8"))
        self._tight = self._css(TIGHT)
        self._rare: dict[str, CSS] = {}

    def render(self, html: str) -> bytes:
        """The PDF of a page; the same page gives the same bytes."""
        marked = self._signs.marked(html)
        styles = [self._style, *(self._rare_style(face) for face in sorted(faces_in(marked)))]
        document = self._laid_out(marked, styles)
        if len(document.pages) > 1 and _blank_below(document.pages[-2]) > MOST_BLANK:
            tight = self._laid_out(marked, [*styles, self._tight])
            if len(tight.pages) < len(document.pages):
                document = tight
        data: bytes = document.write_pdf(finisher=_finish, **OPTIONS)
        return data

    def _laid_out(self, html: str, styles: list[CSS]) -> Any:
        page = HTML(string=html, url_fetcher=DenyAll(), base_url="about:blank")
        return page.render(stylesheets=styles, font_config=self._configuration, **OPTIONS)

    def _css(self, rules: str) -> CSS:
        fetcher = DenyAll(self._fonts)
        return CSS(string=rules, font_config=self._configuration, url_fetcher=fetcher, base_url="about:blank")

    def _rare_style(self, face: str) -> CSS:
        if face not in self._rare:
            self._rare[face] = self._css(rare_css(self._fonts, face))
        return self._rare[face]


def _finish(document: Any, pdf: Any) -> None:
    """Complete tags and metadata; compress each stream once, since pydyf does it again for the identifier."""
    _say_scopes(document)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [with_both_identifications(metadata.stream[0])]
    metadata.compress = False
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Stream) and entry.compress:
            whole = b"\n".join(_bytes(piece) for piece in entry.stream)
            entry.stream, entry.compress = [zlib.compress(whole, COMPRESSION)], False
            entry.extra = pydyf.Dictionary({**entry.extra, "Filter": "/FlateDecode"})


def _blank_below(page: Any) -> float:
    """How much of a page's text area is empty below its last line, in CSS pixels."""
    box = page._page_box
    lines = [line for line in box.descendants() if isinstance(line, LineBox)]
    area = box.content_box_y() + box.height
    bottoms = [line.position_y + line.height for line in lines if line.position_y < area]
    return float(area - max(bottoms, default=area))


def _say_scopes(document: Any) -> None:
    """Tell of each heading cell whether it heads a row or a column: WeasyPrint only links cells to headings."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if getattr(box, "mark", None) is not None and box.element_tag == "th":
                is_row = box.element.get("scope") == "row"
                box.mark["A"]["Scope"] = "/Row" if is_row else "/Column"


def _bytes(piece: Any) -> bytes:
    """A piece of a stream as pydyf would write it."""
    if isinstance(piece, bytes):
        return piece
    return piece.data if isinstance(piece, pydyf.Object) else str(piece).encode()
