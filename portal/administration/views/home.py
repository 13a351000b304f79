"""The first page of the room, and what administrators did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.administration import queries
from portal.units.choices import ADMIN_ROLES, EVERY_UNIT, Role
from portal.web.access import actor_of, admin_page
from portal.web.pagination import page_of


@admin_page(*ADMIN_ROLES)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this administrator may do, and what wants to be done."""
    actor, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    context = {
        "system": (EVERY_UNIT, Role.SYSTEM_ADMIN) in actor.roles,
        "security": (EVERY_UNIT, Role.SECURITY_ADMIN) in actor.roles,
        "audit": (EVERY_UNIT, Role.AUDIT_ADMIN) in actor.roles,
        "years": queries.years(today),
        "ending": queries.ending_soon(today),
        "overdue": sum(count for _, count in queries.retention_lines(now)),
    }
    return render(request, "administration/home.html", context)


@admin_page(Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """What administrators did, newest first."""
    return render(
        request, "administration/records.html", {"page": page_of(request, queries.records(), size=50)}
    )
