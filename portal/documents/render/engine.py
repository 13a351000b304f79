"""WeasyPrint, behind a fetcher that refuses everything: the only module that imports it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from portal.documents.render.faces import font_css

STYLE = Path(__file__).with_name("letter.css")


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
        self._configuration = FontConfiguration()
        sheet = font_css(fonts) + STYLE.read_text(encoding="utf-8")
        self._style = CSS(
            string=sheet, font_config=self._configuration, url_fetcher=DenyAll(fonts), base_url="about:blank"
        )

    def render(self, html: str) -> bytes:
        """The PDF/UA-1 of a page."""
        page = HTML(string=html, url_fetcher=DenyAll(), base_url="about:blank")
        data: bytes = page.write_pdf(
            stylesheets=[self._style],
            font_config=self._configuration,
            pdf_variant="pdf/ua-1",
            presentational_hints=False,
        )
        return data
