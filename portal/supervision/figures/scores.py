"""The scores of units for a stretch of months: each from the log, with the evidence behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Exists, F, OuterRef
from django.utils import timezone

from notices.queries import column_states
from notices.watch.choices import LinkState
from notices.watch.models import Link
from portal.cases.models import Case, ClockEntry
from portal.core.clock import FactKind
from portal.supervision.choices import PanelState, State
from portal.supervision.figures.months import lines_between, month_after, months_between, totals
from portal.supervision.figures.opinions import Opinion, opinions
from portal.supervision.models import Sample, SupervisionOrder
from portal.units.choices import UnitKind
from portal.units.models import Unit
from requests_app.choices import RemedyResult
from requests_app.models import Remedy

MOST_EVIDENCE = 20
# The governments themselves answer to those above them, not to their own office.
NOT_ASSESSED = (UnitKind.GOVERNMENT, UnitKind.COUNTY, UnitKind.TOWNSHIP)
Scores = dict[str, dict[str, dict[str, Any]]]


def _entry(score: float | None, words: str, evidence: Sequence[str] = ()) -> dict[str, Any]:
    kept = None if score is None else round(max(0.0, min(100.0, score)), 1)
    return {"score": kept, "words": words, "evidence": list(evidence)[:MOST_EVIDENCE]}


def scores_of(first: date, last: date, now: datetime) -> Scores:
    """unit id (as text) -> indicator -> score in 0..100 (None: nothing to judge), words, evidence.

    Columns and links are judged as they are now, the rest from the months' figures and the cases closed in them.
    """
    found: Scores = defaultdict(dict)
    units = list(Unit.objects.filter(is_active=True).exclude(kind__in=NOT_ASSESSED).order_by("sort", "id"))
    end = month_after(last)
    late = _late_cases(first, end)
    sums = totals(lines_between(months_between(first, last)), "unit_id")
    states: dict[int, list[Any]] = defaultdict(list)
    for state in column_states(now):
        if state.column.alive_rule_id is not None:
            states[state.column.unit_id].append(state)
    linking = set(Link.objects.values_list("articles__unit_id", flat=True))
    dead: dict[int, list[str]] = defaultdict(list)
    rows: Any = Link.objects.filter(state=LinkState.DEAD).values_list("articles__unit_id", "url")
    for unit_id, url in rows:
        if unit_id is not None:
            dead[unit_id].append(url)
    orders, marks, remedies = (
        _orders(first, end, timezone.localdate(now)),
        _marks(first, last),
        _remedies(first, end),
    )
    rated = opinions(first, last, timezone.localdate(now))
    for unit in units:
        mine = found[str(unit.pk)]
        total = sums.get(unit.pk)
        rate = total.rate if total is not None else None
        words = (
            f"办结{total.closed}件，按期{total.in_time}件"
            if total is not None and total.closed
            else "没有办结"
        )
        mine["timeliness"] = _entry(rate, words, late.get(unit.pk, []))
        ruled = states.get(unit.pk, [])
        red = [str(state.column) for state in ruled if state.fresh.is_red or state.fresh.empty]
        share = None if not ruled else 100 * (len(ruled) - len(red)) / len(ruled)
        mine["columns"] = _entry(share, f"{len(ruled)}个栏目中{len(red)}个逾期或者空白", red)
        links = dead.get(unit.pk, [])
        mine["links"] = _entry(100 - 10 * len(links), f"{len(links)}个链接打不开", links)
        mine["orders"] = _of_orders(*orders.get(unit.pk, (0, [], [])))
        quality = marks.get(unit.pk, [])
        mean = sum(points for points, _ in quality) / len(quality) if quality else None
        mine["quality"] = _entry(
            mean, f"抽查{len(quality)}件", [f"{number} {round(points, 1)}分" for points, number in quality]
        )
        opinion = rated.get(unit.pk, Opinion())
        said = f"评价{opinion.count}件，满意{opinion.satisfied}件" if opinion.count else "评价不足5件，不计"
        mine["satisfaction"] = _entry(opinion.rate, said)
        ended, corrected = remedies.get(unit.pk, (0, []))
        kept = None if not ended else 100 * (ended - len(corrected)) / ended
        mine["remedies"] = _entry(kept, f"审结{ended}件，被纠正{len(corrected)}件", corrected)
        if unit.pk not in linking and not _judged_otherwise(mine):
            mine["links"] = _entry(None, "没有链接")
    return dict(found)


def _judged_otherwise(line: dict[str, dict[str, Any]]) -> bool:
    """True if there is anything to judge but the links: a unit that did nothing is not ranked by having broken none."""
    return any(entry["score"] is not None for code, entry in line.items() if code != "links")


def _late_cases(first: date, end: date) -> dict[int, list[str]]:
    """Judged by the day on which the clock stopped, as the rate is: a paper posted in time may be entered later."""
    found: dict[int, list[str]] = defaultdict(list)
    rows: Any = Case.objects.filter(closed_on__gte=first, closed_on__lt=end, closed_on__gt=F("due_on"))
    in_time = ClockEntry.objects.filter(
        case_id=OuterRef("pk"), kind=FactKind.STOP, on__lte=OuterRef("due_on")
    )
    for unit_id, number in rows.filter(~Exists(in_time)).order_by("pk").values_list("unit_id", "number"):
        found[unit_id].append(number or "")
    return found


def _of_orders(number: int, slow: list[str], ignored: list[str]) -> dict[str, Any]:
    """A late report counts as none; an order that is ignored leaves nothing of the score: nothing is worse."""
    judged = None if not number else 0 if ignored else 100 * (number - len(slow)) / number
    said = f"督办{number}件，逾期报告{len(slow)}件，逾期未报告{len(ignored)}件"
    return _entry(judged, said, [*ignored, *slow])


def _orders(first: date, end: date, today: date) -> dict[int, tuple[int, list[str], list[str]]]:
    """How many orders of these months can be judged, which were reported late, which are not reported though their day has
    passed; a recalled one and one whose day has not come are no merit."""
    rows: Any = SupervisionOrder.objects.filter(received_on__gte=first, received_on__lt=end)
    found: dict[int, tuple[int, list[str], list[str]]] = {}
    for order in rows.exclude(state=State.RECALLED).prefetch_related("events").order_by("pk"):
        waits = order.state == State.ISSUED
        if waits and (order.due_on is None or order.due_on >= today):
            continue
        number, slow, ignored = found.get(order.unit_id, (0, [], []))
        late = any(event.kind == "report_back" and event.facts.get("late") for event in order.events.all())
        if waits:
            ignored = [*ignored, str(order.number)]
        elif late:
            slow = [*slow, str(order.number)]
        found[order.unit_id] = (number + 1, slow, ignored)
    return found


def _marks(first: date, last: date) -> dict[int, list[tuple[float, str]]]:
    """The mean points and the number of each reply judged by panels that lie within these months."""
    rows: Any = (
        Sample.objects.filter(
            panel__state=PanelState.CLOSED, panel__first_month__gte=first, panel__last_month__lte=last
        )
        .order_by("pk")
        .annotate(mean=Avg("marks__points"))
    )
    found: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for unit_id, mean, number in rows.values_list("unit_id", "mean", "target__number"):
        if mean is not None:
            found[unit_id].append((float(mean), number or ""))
    return found


def _remedies(first: date, end: date) -> dict[int, tuple[int, list[str]]]:
    """Reconsiderations and lawsuits that ended in these months, and the requests in which the unit was corrected."""
    rows: Any = Remedy.objects.filter(ended_on__gte=first, ended_on__lt=end).order_by("pk")
    counts: dict[int, int] = defaultdict(int)
    corrected: dict[int, list[str]] = defaultdict(list)
    for unit_id, result, number in rows.values_list("request__unit_id", "result", "request__number"):
        counts[unit_id] += 1
        if result == RemedyResult.CORRECTED:
            corrected[unit_id].append(number or "")
    return {unit_id: (number, corrected.get(unit_id, [])) for unit_id, number in counts.items()}


def weighted(line: dict[str, dict[str, Any]], weights: dict[str, int]) -> float | None:
    """The total of a unit: indicators without anything to judge give their weight to the others; None if none is left."""
    judged = [
        (weights[code], entry["score"])
        for code, entry in line.items()
        if entry["score"] is not None and weights.get(code)
    ]
    whole = sum(weight for weight, _ in judged)
    return round(sum(weight * score for weight, score in judged) / whole, 1) if whole else None
