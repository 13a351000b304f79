"""Every request has a number, a line in the log and a place in the figures."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.core import trace

log = logging.getLogger("portal.requests")
GIVEN = re.compile(r"[0-9a-f]{32}")
# Asked by machines from inside, under whatever name: they show nothing that depends on it.
PROBES = ("/healthz", "/readyz", "/metrics")


class RequestMiddleware:
    """Outermost: takes the number that our own proxy gave, or makes one; says afterwards what was asked and how it went.

    The line holds the view's name and not the address, the account's number and not its name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._name = urlsplit(settings.SITE_URL).netloc

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in PROBES and settings.PRODUCTION:
            request.META["HTTP_HOST"] = self._name
        number = number_of(request)
        started = time.monotonic()
        with trace.working_on(request=number):
            response = self.get_response(request)
            seconds = time.monotonic() - started
            trace.acted_by(account_of(request))
            _count(request, response.status_code, seconds)
            _tell(request, response.status_code, seconds)
        response["X-Request-ID"] = number
        return response


def number_of(request: HttpRequest) -> str:
    """The request's number: 32 signs."""
    given = str(request.META.get("HTTP_X_REQUEST_ID", "")) if settings.TRUSTED_PROXY_COUNT else ""
    return given if GIVEN.fullmatch(given) else uuid.uuid4().hex


def account_of(request: HttpRequest) -> int | None:
    """Whose request it was, if that was asked while it was answered; asks nothing itself."""
    actor = getattr(request, "actor", None)
    if actor is not None:
        found: int | None = actor.account_id
        return found
    user = getattr(request, "_cached_user", None)
    return user.pk if user is not None and user.is_authenticated else None


def view_of(request: HttpRequest) -> str:
    """The name of the view, "none" for an address that leads nowhere."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name or "unnamed") if match is not None else "none"


def _count(request: HttpRequest, status: int, seconds: float) -> None:
    if settings.PORTAL_METRICS:
        from portal.web.counting import count

        count(request.method or "", view_of(request), status, seconds)


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    if request.path in PROBES and status < 400:
        return
    extra = {
        "method": request.method,
        "view": view_of(request),
        "status": status,
        "ms": round(seconds * 1000),
    }
    log.log(logging.WARNING if status >= 500 else logging.INFO, "answered", extra=extra)
