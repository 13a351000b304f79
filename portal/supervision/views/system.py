"""How the system is doing; who saw personal data."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.supervision import health
from portal.units.choices import EVERY_UNIT, Role
from portal.web import signins
from portal.web.access import actor_of, overseer_page
from portal.web.pagination import page_of


@overseer_page(Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """Jobs, mail, disk, backup, ledger."""
    context = {
        "readings": health.readings(timezone.now()),
        "dead": health.dead_jobs(),
        "may_settle": (EVERY_UNIT, Role.SYSTEM_ADMIN) in actor_of(request).roles,
        "findings": health.proof_findings(),
    }
    return render(request, "supervision/system.html", context)


@overseer_page(Role.AUDIT_ADMIN)
@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """What happened at the door of the accounts."""
    account = request.GET.get("account", "")[:80].strip()
    page = page_of(request, signins.records(account), size=50)
    return render(request, "supervision/sign_ins.html", {"page": page, "account": account})


@overseer_page(Role.AUDIT_ADMIN)
@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """Every look at a sealed value, with its reason."""
    account, subject = request.GET.get("account", "")[:80], request.GET.get("subject", "").strip()
    try:
        key = str(uuid.UUID(subject)) if subject else ""
        problem = ""
    except ValueError:
        key, problem = "", "办件标识的格式不正确"
    context = {
        "page": page_of(request, health.looks(account=account, subject=key), size=50),
        "account": account,
        "subject": subject,
        "problem": problem,
    }
    return render(request, "supervision/seen.html", context, status=400 if problem else 200)
