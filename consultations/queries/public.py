"""What everyone may read."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from consultations.choices import PUBLIC_STATES, State
from consultations.models import PublicConsultation
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.documents.queries import documents_of
from portal.publishing.takedown import find_up, still_up


def _public(today: date) -> QuerySet[Any]:
    """Consultations that have begun on that day and are not taken down. One cancelled before it was signed is nobody's
    business."""
    return still_up(_begun(today))


def _begun(today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = PublicConsultation.objects.all()
    return rows.filter(
        state__in=PUBLIC_STATES, announced_at__isnull=False, opens_on__lte=today
    ).select_related("unit")


def open_now(today: date) -> QuerySet[Any]:
    """Those that take comments on that day, what ends first comes first."""
    return _public(today).filter(state=State.ANNOUNCED, closes_on__gte=today).order_by("closes_on", "id")


def recently_closed(today: date) -> QuerySet[Any]:
    """Those that take comments no more, newest first."""
    ended = ~Q(state=State.ANNOUNCED) | Q(closes_on__lt=today)
    return _public(today).filter(ended).order_by("-closes_on", "-id")


def listed(today: date, *, unit: str = "", stage: str = "") -> QuerySet[Any]:
    """The public list: of a unit (code), and of a stage: "open", "closed" (not fed back) or "fed_back"."""
    rows = _public(today)
    if unit:
        rows = rows.filter(unit__code=unit)
    if stage == "open":
        return rows.filter(state=State.ANNOUNCED, closes_on__gte=today).order_by("closes_on", "id")
    if stage == "fed_back":
        rows = rows.filter(state=State.FED_BACK)
    elif stage == "closed":
        rows = rows.exclude(state=State.FED_BACK).filter(~Q(state=State.ANNOUNCED) | Q(closes_on__lt=today))
    return rows.order_by("-closes_on", "-id")


def public_papers(case: PublicConsultation) -> QuerySet[OfficialDocument]:
    """The papers that everyone may have: not those that were made void."""
    return documents_of(case, internal=False).exclude(status=DocumentStatus.VOID)


def find_public(public_id: uuid.UUID, today: date) -> PublicConsultation:
    """A consultation that everyone may read on that day; NotFound for any other."""
    found: PublicConsultation = find_up(_begun(today).filter(public_id=public_id), "没有找到该意见征集。")
    return found
