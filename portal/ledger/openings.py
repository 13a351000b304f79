"""Each case that is opened testifies to those opened just before it."""

from __future__ import annotations

from uuid import UUID

from portal.ledger.models import CaseOpening

WITNESSED = 16


def witness(case: UUID) -> None:
    """Write down that the case was opened; in the transaction that opens it."""
    before = CaseOpening.objects.order_by("-pk").values_list("pk", flat=True)[:WITNESSED]
    CaseOpening.objects.create(case=case, seen=sorted(before))


def missing_before(opening: CaseOpening) -> list[int]:
    """The ids of openings that this one saw and that are gone."""
    there = set(CaseOpening.objects.filter(pk__in=opening.seen).values_list("pk", flat=True))
    return sorted(set(opening.seen) - there)
