"""Whether the server lives, and whether it is ready."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.cases.guards import missing_guards
from portal.jobs.queries import health


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"ok": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and its triggers are there; 503 otherwise. Says nothing personal."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        triggers = missing_guards()
        jobs = health(timezone.now())
    except DatabaseError:
        return JsonResponse({"ok": False, "database": "unreachable"}, status=503)
    good = not triggers
    return JsonResponse(
        {"ok": good, "triggers_missing": len(triggers), "jobs": jobs}, status=200 if good else 503
    )
