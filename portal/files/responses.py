"""Handing a stored file to a browser: always as a download, never sniffed, never cached by others."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from portal.files.models import StoredFile


def download(stored: StoredFile, filename: str, *, inline_pdf: bool = False) -> HttpResponse:
    """The file as an attachment; a PDF of our own making may be shown inline."""
    response = HttpResponse(stored.read(), content_type=stored.media_type)
    inline = inline_pdf and stored.media_type == "application/pdf"
    response["Content-Disposition"] = (
        f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(filename)}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def hand_out(data: bytes, filename: str, media_type: str) -> HttpResponse:
    """Bytes made for this answer alone, as a download."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
