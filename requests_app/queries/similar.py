"""The same applicant asking the same again, many requests, and the same asked by several people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from portal.core.limits import limit
from portal.core.numbering import plain_number
from portal.privacy.crypto import normalise
from requests_app.choices import FeeState, Tariff
from requests_app.models import DisclosureRequest, FeeNotice

LIKE_ENOUGH = 75
MOST_COMPARED = 200
MOST_SHOWN = 5


@dataclass(frozen=True)
class Similar:
    """An earlier request of the same applicant to the same unit, and how like it is (0 to 100)."""

    case: DisclosureRequest
    likeness: int


@dataclass(frozen=True)
class Volume:
    """How many requests the applicant made: to this unit this month, lately (limit disclosure.volume) and in 365 days, and to all units in 365."""

    month: int
    quarter: int
    year: int
    everywhere: int


def _requests() -> QuerySet[Any]:
    return DisclosureRequest.objects.all()


def _text(case: DisclosureRequest) -> str:
    return normalise(plain_number(f"{case.information_name}{case.information_number}{case.description}"))


def similar_to(case: DisclosureRequest) -> list[Similar]:
    """Earlier requests of the same applicant (by blind index) whose text is like this one's, most alike first."""
    if not case.identity_index:
        return []
    wanted = _text(case)
    earlier = (
        _requests()
        .filter(unit_id=case.unit_id, identity_index=case.identity_index, pk__lt=case.pk)
        .select_related("answer__document")
        .order_by("-pk")[:MOST_COMPARED]
    )
    found = [Similar(other, round(fuzz.ratio(wanted, _text(other)))) for other in earlier]
    alike = [entry for entry in found if entry.likeness >= LIKE_ENOUGH]
    return sorted(alike, key=lambda entry: -entry.likeness)[:MOST_SHOWN]


def volume_of(case: DisclosureRequest, today: date) -> Volume:
    """How much the applicant asks; what other units were asked is a number only."""
    same = {"identity_index": case.identity_index} if case.identity_index else {"pk": case.pk}
    own = _requests().filter(**same)
    here = own.filter(unit_id=case.unit_id)
    return Volume(
        month=here.filter(created_at__date__gte=today.replace(day=1)).count(),
        quarter=here.filter(
            created_at__date__gt=today - timedelta(days=limit("disclosure.volume", on=today).days)
        ).count(),
        year=here.filter(created_at__date__gt=today - timedelta(days=365)).count(),
        everywhere=own.filter(created_at__date__gt=today - timedelta(days=365)).count(),
    )


def pieces_before(case: DisclosureRequest) -> int:
    """Pieces that the applicant asked this unit for in the calendar month of receipt, before this request.

    One a request, or as many as its fee by piece counted (国办函〔2020〕109号: 同一申请人一个自然月内).
    """
    if not case.identity_index or case.received_on is None:
        return 0
    first = case.received_on.replace(day=1)
    before = Q(received_on__lt=case.received_on) | Q(received_on=case.received_on, pk__lt=case.pk)
    rows = _requests().filter(
        before, unit_id=case.unit_id, identity_index=case.identity_index, received_on__gte=first
    )
    charged = FeeNotice.objects.filter(
        request__in=rows, tariff=Tariff.BY_PIECE, state__in=[FeeState.WAITING, FeeState.PAID]
    )
    extra = sum(count - 1 for count in charged.values_list("count", flat=True))
    return int(rows.count()) + extra


def asked_by_others(case: DisclosureRequest) -> int:
    """How many different applicants asked this unit for the same (条例第四十四条), this one included."""
    if not case.topic_index:
        return 1
    same = _requests().filter(unit_id=case.unit_id, topic_index=case.topic_index)
    return same.values("identity_index").distinct().count()
