"""A stranger's markup handed to a browser: made harmless before, and in a page that can do nothing besides."""

from __future__ import annotations

from django.http import HttpResponse

PAGE = '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>邮件内容</title></head>\n<body>{}</body></html>\n'
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def markup_page(harmless: str) -> HttpResponse:
    """A page of its own for markup that `reader.markup.harmless()` has cleaned."""
    response = HttpResponse(PAGE.format(harmless), content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = NOTHING
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
