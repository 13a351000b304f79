"""Figures for Prometheus: from the addresses that are named, or for whoever brings the token; for others there is no such page."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from portal.supervision.metrics import written
from portal.web.access import address_of

TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """How the portal stands and what it has counted. Raises Http404 for whoever may not ask."""
    if not may_ask(request):
        raise Http404
    try:
        return HttpResponse(written(timezone.now()), content_type=TYPE)
    except DatabaseError:
        return HttpResponse("portal_database_up 0\n", content_type=TYPE, status=503)


def may_ask(request: HttpRequest) -> bool:
    """True from a named address, or with the token."""
    token = settings.PORTAL_METRICS_TOKEN
    given = str(request.META.get("HTTP_AUTHORIZATION", ""))
    if token and constant_time_compare(given, f"Bearer {token}"):
        return True
    return address_of(request) in settings.PORTAL_METRICS_FROM
