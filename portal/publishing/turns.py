"""待我办理: the cases whose next step is this person's, over all kinds of case."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.cases.models import Case, CaseQuerySet
from portal.cases.registry import KINDS
from portal.core.actors import Actor
from portal.publishing.choices import ReviewStep, Verdict
from portal.publishing.desks import writers_of
from portal.publishing.models import Review
from portal.publishing.registry import desk_of
from portal.units.access import units_of
from portal.units.choices import EVERY_UNIT, Role
from portal.units.standing import standing_in_for

SIGNING = {Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER, Role.PUBLISHER}


def my_turn(actor: Actor) -> CaseQuerySet:
    """Cases that wait for this person: a signature of hers, a step of her role, or, for a clerk, whatever is hers or nobody's yet.

    A text in review waits for the role that signs next, and for nobody who wrote it or has signed the round.
    """
    held: dict[str, set[int]] = defaultdict(set)
    for unit, role in actor.roles:
        if unit != EVERY_UNIT:
            held[role].add(unit)
    mine = Q(pk__in=_to_sign(actor, held))
    free = ~Exists(Review.objects.filter(case_id=OuterRef("pk"), closed_at__isnull=True))
    away = standing_in_for(actor.account_id, timezone.localdate()).values("stands_in_for")
    own = Q(officer_id=actor.account_id) | Q(officer__isnull=True) | Q(officer_id__in=away)
    named = Q(pk__in=[])
    clerks = Q(unit_id__in=held[Role.CLERK]) & own
    for kind in KINDS.values():
        for state, roles in kind.turns.items():
            named |= Q(kind=kind.code, state=state)
            for role in roles:
                hers = Q(unit_id__in=held[role]) & (own if role == Role.CLERK else Q())
                mine |= Q(kind=kind.code, state=state, closed_on__isnull=True) & free & hers
    mine |= Q(closed_on__isnull=True) & free & clerks & ~named
    return Case.objects.handled_by(actor).filter(mine)


def _to_sign(actor: Actor, held: dict[str, set[int]]) -> list[int]:
    """Cases with a round of review in which this person signs next; as many queries for one round as for a hundred."""
    if not held.keys() & SIGNING:
        return []
    open_now = Review.objects.filter(closed_at__isnull=True, case__unit_id__in=units_of(actor))
    waiting = [
        review
        for review in open_now.select_related("case").prefetch_related("sign_offs")
        if review.case.unit_id in held[_next_role(review)]
        and all(row.account_id != actor.account_id for row in review.sign_offs.all())
    ]
    texts = {review.pk: (review.case_id, review.case.kind, review.purpose) for review in waiting}
    wrote = writers_of(list(texts.values()))
    return [review.case_id for review in waiting if actor.account_id not in wrote[texts[review.pk]]]


def _next_role(review: Review) -> str:
    """The role that signs next; "" where none of the unit's does."""
    passed = [
        row for row in review.sign_offs.all() if row.step != ReviewStep.DRAFT and row.verdict == Verdict.PASS
    ]
    needs = desk_of(review.case.kind, review.purpose).needs
    return needs[len(passed)] if len(passed) < len(needs) else ""
