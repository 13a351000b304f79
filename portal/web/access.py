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

from portal.cases.intake import opens
from portal.cases.models import Case
from portal.core.actors import GUEST, Actor, ActorKind
from portal.units.access import actor_for, is_supervisor, units_of
from portal.units.choices import EVERY_UNIT
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


def person_of(request: HttpRequest) -> Actor:
    """Who stands behind a request to a public page or the public API: there an official is a person like everybody.

    The same account without its roles (条例第二十七条: 公民可以申请); the log shows 申请人, not the name.
    """
    actor = actor_of(request)
    return Actor(ActorKind.CITIZEN, "申请人", actor.account_id) if actor.is_staff else actor


def grants_of(request: HttpRequest) -> frozenset[uuid.UUID]:
    """Cases that this browser opened by receipt number and query code, as long as that code still holds.

    A grant remembers the digest of the code it came by: a new code, or none any more, ends it at once.
    """
    if not has_session(request):
        return frozenset()
    known = {entry[0]: entry[1] for entry in _grants(request)}
    if not known:
        return frozenset()
    rows = Case.objects.filter(public_id__in=list(known)).exclude(code_hash="")
    found = rows.values_list("public_id", "code_hash")
    return frozenset(public_id for public_id, digest in found if known[str(public_id)] == digest)


def _grants(request: HttpRequest) -> list[list[str]]:
    """Pairs (public id, digest of the code); what sessions of before 2026-12 hold is no grant."""
    kept = request.session.get(GRANTS, [])
    return [entry for entry in kept if isinstance(entry, list) and len(entry) == 2]


def applicant_actor(request: HttpRequest, case: Case) -> Actor:
    """Who acts on a case's citizen page: the account itself, or, for whoever opened it by query code, its applicant."""
    actor = person_of(request)
    if case.applicant_id == actor.account_id or case.public_id not in grants_of(request):
        return actor
    return GUEST if case.applicant_id is None else Actor(ActorKind.CITIZEN, "申请人", case.applicant_id)


def grant(request: HttpRequest, case: Case, code: str) -> None:
    """Let this browser see the case for the rest of its session, or until the query code changes.

    Nothing happens if `code` is not the case's present query code: a receipt of before a succession opens nothing.
    """
    if not opens(case, code):
        return
    kept = [entry for entry in _grants(request) if entry[0] != str(case.public_id)]
    request.session[GRANTS] = [*kept[-19:], [str(case.public_id), case.code_hash]]


def _second_factor_missing(request: HttpRequest) -> bool:
    if not settings.PORTAL_STAFF_MFA:
        return False
    from allauth.mfa.utils import is_mfa_enabled

    return not is_mfa_enabled(request.user)


def _only_for(allowed: Callable[[Actor], bool], *, second_factor: bool) -> Callable[[View], View]:
    """A decorator: guests are sent to log in, others answered 403, staff without a second factor sent to set it up."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect(f"{reverse('account_login')}?next={request.path}")
            if not allowed(actor_of(request)):
                return render(request, "403.html", status=403)
            if second_factor and _second_factor_missing(request):
                return redirect("mfa_index")
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def _works_for_a_unit(actor: Actor) -> bool:
    return bool(units_of(actor)) or is_supervisor(actor)


staff_page = _only_for(_works_for_a_unit, second_factor=True)
supervisor_page = _only_for(is_supervisor, second_factor=True)


def overseer_page(*roles: str) -> Callable[[View], View]:
    """A page for supervisors and for holders of one of these administrator roles."""
    return _only_for(
        lambda actor: is_supervisor(actor) or any((EVERY_UNIT, role) in actor.roles for role in roles),
        second_factor=True,
    )


def admin_page(*roles: str) -> Callable[[View], View]:
    """A page for holders of one of these administrator roles."""
    return _only_for(
        lambda actor: any((EVERY_UNIT, role) in actor.roles for role in roles), second_factor=True
    )


def _works_here(request: HttpRequest) -> bool:
    return actor_of(request).is_staff


def mailbox_page(view: View) -> View:
    """A page of everybody with an account; of officials it shows what waits for them: they need their second factor."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and _works_here(request) and _second_factor_missing(request):
            return redirect("mfa_index")
        return citizen_page(view)(request, *args, **kwargs)

    return wrapped


citizen_page = _only_for(lambda actor: True, second_factor=False)


def may_work(request: HttpRequest) -> bool:
    """True for somebody who may use the staff pages now, the second factor included; for the API."""
    if not request.user.is_authenticated or _second_factor_missing(request):
        return False
    return _works_for_a_unit(actor_of(request))


def address_of(request: HttpRequest) -> str:
    """The reader's network address; behind trusted proxies, the one that the outermost of them saw."""
    count = settings.TRUSTED_PROXY_COUNT
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if count and len(forwarded) >= count:
        return str(forwarded[-count])
    return str(request.META.get("REMOTE_ADDR", ""))
