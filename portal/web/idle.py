"""Staff who have done nothing for a while show once more who they are; what they were writing is kept.

When somebody last did something stands in a signed cookie bound to the session, because looking at a page writes nothing
into the database. A form that was sent too late is kept sealed in the session and sent again by a button.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from portal.privacy.crypto import SealBroken, keyed_digest, seal, unseal
from portal.web.access import actor_of
from portal.web.caching import has_session

COOKIE = "seen"
SALT = "portal.web.idle"
EVERY = 60
KEPT, SEALED_FOR = "kept_form", "kept-form"
MOST_KEPT = 400_000
# Where somebody shows who he is, or goes.
OPEN = (
    "account_reauthenticate",
    "mfa_reauthenticate",
    "account_logout",
    "account_login",
    "healthz",
    "readyz",
    "metrics",
)


class IdleMiddleware:
    """Ends nothing: a session that was idle is only good for showing again who one is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "seen_now", False):
            _set_cookie(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """After the check against forged forms, before the view."""
        minutes = settings.PORTAL_STAFF_IDLE_MINUTES
        if not minutes or not has_session(request) or not request.user.is_authenticated:
            return None
        since = time.time() - _last(request)
        if since < EVERY or not actor_of(request).is_staff:
            return None
        if since < minutes * 60:
            request.seen_now = True  # type: ignore[attr-defined]  # read when the answer goes out
            return None
        request.idle = minutes  # type: ignore[attr-defined]  # read by the page that asks again
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in OPEN else _ask_again(request, minutes)


def _last(request: HttpRequest) -> float:
    """When the person last did something in this session; 0 if nothing of it is known and its log-in lies back."""
    records = get_authentication_records(request, request.user)
    shown = max((float(record.get("at", 0)) for record in records), default=None)
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
        seen = float(kept["at"]) if kept["of"] == _session(request) else 0.0
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        seen = 0.0
    if shown is None and not seen:
        return time.time() - EVERY  # a session that no log-in of ours has opened begins now
    return max(seen, shown or 0.0)


def _session(request: HttpRequest) -> str:
    return keyed_digest(str(request.session.session_key), "idle")[:20]


def _set_cookie(request: HttpRequest, response: HttpResponse) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps({"at": int(time.time()), "of": _session(request)}, salt=SALT),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _ask_again(request: HttpRequest, minutes: int) -> HttpResponse:
    sentence = f"您超过{minutes}分钟没有操作，请重新验证身份。"
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"sentence": sentence, "fields": {}}}, status=401)
    back = request.get_full_path()
    if request.method == "POST":
        keep_form(request)
        back = reverse("account_kept_form")
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


def keep_form(request: HttpRequest) -> None:
    """Keep what was sent, sealed, in the session; the names of its files only."""
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    files = [file.name for name in request.FILES for file in request.FILES.getlist(name)]
    kept = json.dumps({"to": request.get_full_path(), "fields": fields, "files": files})
    if len(kept) <= MOST_KEPT:
        request.session[KEPT] = seal(kept.encode(), SEALED_FOR)


def kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept: where it goes to, its fields, the names of its files; None if there is nothing."""
    try:
        found: dict[str, Any] = json.loads(unseal(request.session.get(KEPT, ""), SEALED_FOR))
    except SealBroken:
        return None
    return found
