"""What everyone reads."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mailbox.responses import queries
from portal.web.caching import public_page
from portal.web.pagination import page_of


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Public responses, newest first."""
    return render(
        request, "responses/home.html", {"page": page_of(request, queries.published(timezone.now()))}
    )


@public_page
@require_safe
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One response, and how many letters it is about."""
    return render(request, "responses/detail.html", {"case": queries.find_public(public_id, timezone.now())})
