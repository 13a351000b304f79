"""Which open cases will miss their day if they take what such cases usually take.

For each kind and state: the median of the working days that closed cases of the last half year needed from entering
that state to their end, pauses included. An open case whose usual rest does not fit before its due date is a
predicted miss, as long as it is not late already.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db import transaction
from django.db.models import Case as Choose
from django.db.models import DateField, Q, Value, When
from django.utils import timezone

from portal.cases.models import Case, CaseEvent, CaseQuerySet
from portal.core.workdays import WorkdayCalendar
from portal.supervision.figures.log import COUNTED
from portal.supervision.models import StepPace

LOOKED_BACK = timedelta(days=183)
FEWEST = 5


@transaction.atomic
def renew_pace(*, at: datetime, days: WorkdayCalendar) -> int:
    """Compute the usual rest of every kind and state anew. Gives how many there are."""
    closed = Case.objects.filter(kind__in=COUNTED, closed_on__gte=timezone.localdate(at) - LOOKED_BACK)
    rests: dict[tuple[str, str], list[int]] = defaultdict(list)
    ends = {pk: day for pk, day in closed.values_list("pk", "closed_on") if day is not None}
    kinds = dict(closed.values_list("pk", "kind"))
    events: Any = CaseEvent.objects.filter(case__in=closed).exclude(to_state="").order_by("case_id", "seq")
    entered: dict[tuple[int, str], date] = {}
    for case_id, before, state, moment in events.values_list("case_id", "from_state", "to_state", "at"):
        if before != state:
            entered[case_id, state] = timezone.localdate(moment)
    for (case_id, state), day in entered.items():
        if day < ends[case_id]:
            rests[kinds[case_id], state].append(days.between(day, ends[case_id]))
    StepPace.objects.all().delete()
    rows = [
        StepPace(kind=kind, state=state, usual=round(median(found)), cases=len(found))
        for (kind, state), found in sorted(rests.items())
        if len(found) >= FEWEST
    ]
    StepPace.objects.bulk_create(rows)
    return len(rows)


def pace_of_states() -> dict[tuple[str, str], StepPace]:
    """The usual rest by kind and state."""
    return {(row.kind, row.state): row for row in StepPace.objects.all()}


def predicted_misses(cases: CaseQuerySet, today: date, days: WorkdayCalendar) -> CaseQuerySet:
    """Of these open cases those that are not late yet but whose usual rest runs past their due date.

    `act_by` and the due date are columns, so this is one indexed query however many cases there are.
    """
    wanted = Q(pk__in=[])
    for (kind, state), row in pace_of_states().items():
        if row.usual:
            wanted |= Q(kind=kind, state=state, due_on__gte=today, due_on__lt=days.add(today, row.usual))
    return cases.filter(wanted)


def usual_ends(cases: CaseQuerySet, today: date, days: WorkdayCalendar) -> CaseQuerySet:
    """These cases with `usual_end`, the day on which such cases usually end."""
    whens = [
        When(kind=kind, state=state, then=Value(days.add(today, row.usual)))
        for (kind, state), row in pace_of_states().items()
    ]
    return cases.annotate(usual_end=Choose(*whens, default=None, output_field=DateField(null=True)))
