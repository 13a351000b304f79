"""The cache policy: a page is public only if its view says so and nobody is logged in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.web.parameters import known_address
from portal.web.replica import public_reading, remember_writing

# What is taken down is gone for everybody within five seconds, also while the portal is away: a shared cache keeps a page
# for four and no longer, a browser asks every time.
PUBLIC = "public, max-age=0, s-maxage=4"
PRIVATE = "private, no-store"


class CachePolicyMiddleware:
    """Marks every answer private unless a view chose otherwise, and keeps private pages out of indexes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        remember_writing(request, response)
        if "Cache-Control" not in response:
            response["Cache-Control"] = PRIVATE
            response["X-Robots-Tag"] = "noindex"
        if response["Cache-Control"] == PUBLIC and (response.cookies or "Cookie" in response.get("Vary", "")):
            response["Cache-Control"] = PRIVATE
        return response


def has_session(request: HttpRequest) -> bool:
    """True if the browser sent a session cookie; does not touch the session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let shared caches keep the page for four seconds when the reader has no session and no display choice.

    Parameters that the page does not know are dropped by sending the reader to the address without them.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (known := known_address(request)) is not None:
            return redirect(known)
        with public_reading(request):
            response = view(request, *args, **kwargs)
        plain = request.method in ("GET", "HEAD") and response.status_code == 200
        if plain and not has_session(request) and "display" not in request.COOKIES:
            response["Cache-Control"] = PUBLIC
        return response

    return wrapped
