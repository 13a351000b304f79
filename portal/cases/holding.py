"""Which unit had a case at a moment: figures of a past year belong to the unit that had it then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from portal.cases.models import Case, CaseEvent

# A step that gives a case to another unit names that unit in its facts.
TO_UNIT = "to_unit"
CHUNK = 1000

Step = tuple[datetime, int, bool]


def holders(moments: Mapping[int, datetime]) -> dict[int, int]:
    """The id of the unit that had each case just before its moment, by case id.

    A case that was never given to another unit is the present unit's; of the few others the log is read.
    """
    found: dict[int, int] = {}
    keys = iter(moments)
    while some := list(islice(keys, CHUNK)):
        found |= dict(Case.objects.filter(pk__in=some).order_by().values_list("pk", "unit_id"))
        given = CaseEvent.objects.filter(case_id__in=some, facts__has_key=TO_UNIT)
        rows = (
            CaseEvent.objects.filter(case_id__in=given.values("case_id"))
            .order_by("case_id", "seq")
            .values_list("case_id", "at", "unit_id", "facts__to_unit")
        )
        steps: dict[int, list[Step]] = {}
        for case_id, at, unit_id, to_unit in rows:
            steps.setdefault(case_id, []).append((at, unit_id or 0, to_unit is not None))
        found |= {
            case_id: holder(entries, found[case_id], moments[case_id]) for case_id, entries in steps.items()
        }
    return found


def holder(steps: list[Step], now: int, moment: datetime) -> int:
    """The unit that had the case just before the moment; `now` has it today. `steps` are (at, unit, gives away), in order.

    The unit of a step that gives the case away may be written as the former or as the new one: it is read only between
    two such steps. Before the first step the case is whose first step it is.
    """
    after = [now] * len(steps)
    for place in range(len(steps) - 2, -1, -1):
        _, unit, gives = steps[place + 1]
        after[place] = steps[place][1] if gives else unit
    past = [unit for (at, _, _), unit in zip(steps, after, strict=True) if at < moment]
    return past[-1] if past else after[0]
