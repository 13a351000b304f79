"""待我办理: the cases whose next step is this person's, over all kinds of case."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q

from portal.cases.models import Case, CaseEvent, CaseQuerySet
from portal.cases.registry import KINDS
from portal.core.actors import Actor, ActorKind
from portal.publishing.choices import ReviewStep, Verdict
from portal.publishing.models import Review, SignOff
from portal.publishing.registry import desk_of
from portal.units.access import units_of
from portal.units.choices import EVERY_UNIT, Role


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
    own = Q(officer_id=actor.account_id) | Q(officer__isnull=True)
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
    if not waiting:
        return []
    wrote = _written_by(actor, [review.case_id for review in waiting])
    approved = _approved_before(waiting)
    return [review.case_id for review in waiting if not _wrote(review, wrote, approved)]


SIGNING = {Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER, Role.PUBLISHER}
Written = dict[int, list[tuple[str, datetime]]]


def _written_by(actor: Actor, cases: list[int]) -> Written:
    """Which steps this person took in each of the cases, and when."""
    events = CaseEvent.objects.filter(
        case_id__in=cases, actor_kind=ActorKind.STAFF, actor_id=actor.account_id
    )
    found: Written = defaultdict(list)
    for case, kind, at in events.values_list("case_id", "kind", "at"):
        found[case].append((kind, at))
    return found


def _approved_before(reviews: list[Review]) -> dict[tuple[int, str], datetime]:
    """When the newest text of an earlier round was approved, for the cases and purposes of these rounds."""
    done = SignOff.objects.filter(
        review__case_id__in=[review.case_id for review in reviews],
        step=ReviewStep.APPROVE,
        verdict=Verdict.PASS,
    )
    rows = done.values_list("review__case_id", "review__purpose").annotate(last=Max("at"))
    return {(case, purpose): last for case, purpose, last in rows}


def _wrote(review: Review, wrote: Written, approved: dict[tuple[int, str], datetime]) -> bool:
    """Whether this person wrote any of what the round signs: as `desks.writers` reads it."""
    desk = desk_of(review.case.kind, review.purpose)
    since = approved.get((review.case_id, review.purpose)) if desk.new_text else None
    return any(
        kind in desk.writes and (since is None or at > since) for kind, at in wrote.get(review.case_id, [])
    )


def _next_role(review: Review) -> str:
    """The role that signs next; "" where none of the unit's does."""
    passed = [
        row for row in review.sign_offs.all() if row.step != ReviewStep.DRAFT and row.verdict == Verdict.PASS
    ]
    needs = desk_of(review.case.kind, review.purpose).needs
    return needs[len(passed)] if len(passed) < len(needs) else ""
