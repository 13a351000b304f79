"""Who may see a page: actors on requests, staff pages, cases scoped by the asker."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.cases.models import Case
from portal.core.actors import GUEST, Actor
from portal.units.access import actor_for, is_supervisor, units_of
from portal.web.caching import has_session

GRANTS = "case_grants"
View = Callable[..., HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request; worked out once."""
    known: Actor | None = getattr(request, "actor", None)
    if known is None:
        known = actor_for(request.user, timezone.localdate()) if has_session(request) else GUEST
        request.actor = known  # type: ignore[attr-defined]  # kept on the request for its lifetime
    return known


def grants_of(request: HttpRequest) -> frozenset[uuid.UUID]:
    """Cases that this browser opened by receipt number and query code."""
    if not has_session(request):
        return frozenset()
    return frozenset(uuid.UUID(text) for text in request.session.get(GRANTS, []))


def grant(request: HttpRequest, case: Case) -> None:
    """Let this browser see the case for the rest of its session."""
    kept = [text for text in request.session.get(GRANTS, []) if text != str(case.public_id)]
    request.session[GRANTS] = [*kept[-19:], str(case.public_id)]


def _second_factor_missing(request: HttpRequest) -> bool:
    if not settings.PORTAL_STAFF_MFA:
        return False
    from allauth.mfa.utils import is_mfa_enabled

    return not is_mfa_enabled(request.user)


def staff_page(view: View) -> View:
    """Only for people with an appointment that handles cases, or supervisors; with a second factor where it is demanded."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        actor = actor_of(request)
        if not units_of(actor) and not is_supervisor(actor):
            return render(request, "403.html", status=403)
        if _second_factor_missing(request):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return wrapped


def supervisor_page(view: View) -> View:
    """Only for supervisors."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        if not is_supervisor(actor_of(request)):
            return render(request, "403.html", status=403)
        if _second_factor_missing(request):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return wrapped


def citizen_page(view: View) -> View:
    """Only for people with an account."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        return view(request, *args, **kwargs)

    return wrapped


def address_of(request: HttpRequest) -> str:
    """The reader's network address; behind trusted proxies, the one that the outermost of them saw."""
    count = settings.TRUSTED_PROXY_COUNT
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if count and len(forwarded) >= count:
        return str(forwarded[-count])
    return str(request.META.get("REMOTE_ADDR", ""))
