"""The end of the period: recorded by a job; nothing depends on when it runs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations import rules
from consultations.actions.word import tell_unit
from consultations.choices import State
from consultations.models import PublicConsultation
from consultations.queries import feedback_days, list_digests, tally
from portal.cases.steps import take_step
from portal.core.actors import SYSTEM, Actor
from portal.jobs.outbox import enqueue
from portal.units.choices import Role

GRACE = timedelta(minutes=5)


def closing_day(at: datetime) -> date:
    """The day up to which every comment has surely been written: one sent in the last second of a day may be committed a
    little later, so closing waits longer than a request may take."""
    return timezone.localdate(at - GRACE)


@transaction.atomic
def close(*, case: PublicConsultation, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Seal the list of comments and start the clock to the feedback, from the last day of the period."""
    PublicConsultation.objects.select_for_update().get(pk=case.pk)
    take_step(
        case,
        "close",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=closing_day(at),
        feedback=feedback_days(),
        comments=tally(case).received,
        digest=rules.list_digest(list_digests(case)),
    )
    tell_unit(case, Role.CLERK, "已经结束，请逐条登记采纳情况", at)


def close_ended(*, at: datetime) -> int:
    """Close every consultation whose last day has passed; gives how many."""
    ended = PublicConsultation.objects.filter(state=State.ANNOUNCED, closes_on__lt=closing_day(at))
    cases: list[Any] = list(ended.select_related("unit").order_by("pk"))
    for case in cases:
        close(case=case, actor=SYSTEM, at=at)
    return len(cases)


@transaction.atomic
def index_begun(*, at: datetime) -> int:
    """Promise the index entry of every consultation that began in the last days; gives how many there are."""
    today = timezone.localdate(at)
    begun = PublicConsultation.objects.filter(
        state=State.ANNOUNCED, opens_on__lte=today, opens_on__gt=today - timedelta(days=3)
    )
    keys = list(begun.values_list("pk", flat=True))
    for pk in keys:
        enqueue("consultations.index", key=f"consultation:{pk}:begun", case=pk)
    return len(keys)
