"""Who signed in and out, where somebody is signed in now, and ending that: here, elsewhere, everywhere."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from portal.privacy.crypto import keyed_digest
from portal.units.models import Account
from portal.web.access import address_of
from portal.web.models import SignIn, SignInKind

PURPOSE = "sign-in"
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("OPR", "Opera"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def agent_of(text: str) -> str:
    """Browser and system in two words, "" for something unknown; what else a browser tells of itself is not kept."""
    found = [
        next((name for sign, name in signs if re.search(rf"\b{re.escape(sign)}", text)), "")
        for signs in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found))


def write(kind: str, account: Account | None, request: HttpRequest | None, at: datetime) -> SignIn:
    """Put on record what happened; a session is remembered with what has begun in it."""
    meta: dict[str, Any] = getattr(request, "META", {}) if request is not None else {}
    key = getattr(getattr(request, "session", None), "session_key", "") if kind == SignInKind.IN else ""
    return SignIn.objects.create(
        account=account,
        at=at,
        kind=kind,
        address=address_of(request) if request is not None else "",
        agent=agent_of(str(meta.get("HTTP_USER_AGENT", ""))),
        means=str(getattr(request, "means", ""))[:40],
        session=key or "",
        session_digest=_digest(key) if key else "",
    )


def current(account: Account, at: datetime) -> list[SignIn]:
    """Where that account is signed in, newest first."""
    rows = account.sign_ins.filter(
        kind=SignInKind.IN, ended_at__isnull=True, at__gt=at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    )  # fmt: skip
    alive = set(
        Session.objects.filter(session_key__in=[row.session for row in rows], expire_date__gt=at).values_list(
            "session_key", flat=True
        )
    )
    return [row for row in rows if row.session in alive]


def is_this(row: SignIn, request: HttpRequest) -> bool:
    """True for the session in which the request is made."""
    return bool(request.session.session_key) and row.session_digest == _digest(request.session.session_key)


@transaction.atomic
def end(rows: list[SignIn], at: datetime) -> int:
    """End these sessions; the next request in them is a guest's. Gives how many."""
    Session.objects.filter(session_key__in=[row.session for row in rows]).delete()
    for row in rows:
        SignIn.objects.filter(pk=row.pk).update(ended_at=at, session="")
        SignIn.objects.create(
            account=row.account,
            at=at,
            kind=SignInKind.ENDED,
            session_digest=row.session_digest,
            agent=row.agent,
        )
    return len(rows)


def end_everybody(at: datetime) -> int:
    """End every session of this portal; gives how many there were."""
    count, _ = Session.objects.all().delete()
    SignIn.objects.filter(kind=SignInKind.IN, ended_at__isnull=True).update(ended_at=at, session="")
    return count


def records(account: str = "") -> QuerySet[SignIn]:
    """What happened at the door, newest first; narrowed by an account's address."""
    rows = SignIn.objects.select_related("account")
    return rows.filter(account__email__icontains=account) if account else rows


def listen() -> None:
    """Put on record what Django says of log-ins."""
    user_logged_in.connect(_came, dispatch_uid="portal.web.signins.in")
    user_logged_out.connect(_went, dispatch_uid="portal.web.signins.out")
    user_login_failed.connect(_failed, dispatch_uid="portal.web.signins.failed")


def _came(sender: Any, request: HttpRequest, user: Account, **kwargs: Any) -> None:
    write(SignInKind.IN, user, request, timezone.now())


def _went(sender: Any, request: HttpRequest, user: Account | None, **kwargs: Any) -> None:
    now = timezone.now()
    key = getattr(request.session, "session_key", "")
    if key:
        begun = SignIn.objects.filter(session_digest=_digest(key), kind=SignInKind.IN, ended_at__isnull=True)
        begun.update(ended_at=now, session="")
    if user is not None:
        write(SignInKind.OUT, user, request, now)


def _failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    name = str(credentials.get("email") or credentials.get("username") or "").strip()
    account = Account.objects.filter(email__iexact=name).first() if name else None
    if account is not None:
        write(SignInKind.FAILED, account, request, timezone.now())


def _digest(key: str | None) -> str:
    return keyed_digest(str(key), PURPOSE)
