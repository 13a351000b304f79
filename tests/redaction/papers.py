"""PDFs to be redacted: words at places, on turned and cropped pages, in one font that all pages share."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
import pypdfium2

from portal.documents.render.worker import render_pdf
from portal.publishing.inspection.page_html import Block, page_html

Line = tuple[float, float, str]


def letter(*paragraphs: str) -> bytes:
    """A paper of our own, its font cut to its signs."""
    return render_pdf(page_html("关于示例项目的说明", [Block("paragraph", text) for text in paragraphs]))


def drawn(pages: Sequence[Sequence[Line]], change: Callable[[Any], None] | None = None, **keys: Any) -> bytes:
    """Pages of 400 by 400 points with lines of Latin text in Helvetica, 12 points."""
    with pikepdf.new() as document:
        font = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for lines in pages:
            page = document.add_blank_page(page_size=(400, 400)).obj
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            text = "".join(f"BT /F1 12 Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in lines)
            page.Contents = document.make_stream(text.encode("latin-1"))
            for key, value in keys.items():
                page[f"/{key}"] = value
        if change is not None:
            change(document)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def texts(data: bytes) -> list[str]:
    """Each page's text by pdfium."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def raw(data: bytes) -> bytes:
    """All strings and streams of a file, unpacked."""
    parts = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for item in [*document.objects, document.trailer]:
            if isinstance(item, pikepdf.Stream) and str(item.get("/Filter", "")) != "/DCTDecode":
                parts.append(item.read_bytes())
            parts.append(repr(item).encode())
    return b"\n".join(parts)
