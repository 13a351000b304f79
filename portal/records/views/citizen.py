"""What the applicant takes home: single copies, or all of them in one ZIP."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.files.responses import hand_out
from portal.records import actions, queries
from portal.records.rooms import room_of
from portal.web.access import grants_of, person_of


@require_GET
def copy(request: HttpRequest, kind: str, public_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """One copy of an answer that has gone out."""
    case = room_of(kind).find_own(person_of(request), grants_of(request), public_id)
    found = queries.find_copy(case, copy_id)
    handed = actions.hand_over(case=case, copy=found, by="applicant", at=timezone.now())
    return hand_out(handed.data, handed.name, handed.media_type)


@require_GET
def archive(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """All of them in one file."""
    case = room_of(kind).find_own(person_of(request), grants_of(request), public_id)
    handed = actions.hand_over(case=case, copy=None, by="applicant", at=timezone.now())
    return hand_out(handed.data, handed.name, handed.media_type)
