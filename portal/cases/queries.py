"""Readers of the docket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from portal.cases.choices import Phase
from portal.cases.models import Case, CaseEvent, CaseLink, CaseQuerySet
from portal.cases.periods import BY_NOTICE
from portal.cases.registry import KINDS, NOTES, kind_of
from portal.cases.transitions import label_of
from portal.core.actors import Actor
from portal.core.clock import ONE_DAY
from portal.core.limits import limit
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayCalendar


@dataclass(frozen=True)
class InboxCounts:
    """How many open cases are overdue, due today, due soon, open in all, not registered yet, and under one officer."""

    overdue: int
    today: int
    soon: int
    all: int
    intake: int
    own: int = 0


def inbox(actor: Actor) -> CaseQuerySet:
    """Open cases of the actor's units, what is due first comes first."""
    return Case.objects.handled_by(actor).open().for_lists().due_first()


def follow_up(actor: Actor) -> CaseQuerySet:
    """Closed cases of the actor's units that still ask for something, newest first."""
    closed = Case.objects.handled_by(actor).filter(phase=Phase.CLOSED)
    wanted = Q(pk__in=[])
    for kind in KINDS.values():
        if kind.follow_up is not None:
            wanted |= Q(pk__in=kind.follow_up(closed.filter(kind=kind.code)).values("pk"))
    return closed.filter(wanted).for_lists().order_by("-closed_on", "-id")


def due_within(first: date | None, last: date) -> Q:
    """Open cases whose day lies in a stretch, both ends included (from the beginning for None): the statutory day, of kinds
    that the city gives days of its own (own_days_bind) the earlier of the two."""
    both = [kind.code for kind in KINDS.values() if kind.own_days_bind]
    statutory = Q(due_on__lte=last) & (Q(due_on__gte=first) if first is not None else Q())
    earlier = Q(act_by__lte=last) & (Q(act_by__gte=first) if first is not None else Q())
    return (~Q(kind__in=both) & statutory) | (Q(kind__in=both) & earlier)


def overdue_by(today: date) -> Q:
    """Cases whose day lies before today."""
    return due_within(None, today - ONE_DAY)


def counts(
    cases: CaseQuerySet, today: date, calendar: WorkdayCalendar, officer: int | None = None
) -> InboxCounts:
    """The counts over a set of open cases, in one query; "soon" is within the limit board.soon, "own" the officer's."""
    soon = calendar.add(today, limit("board.soon", on=today).days)
    row = cases.order_by().aggregate(
        overdue=Count("pk", filter=overdue_by(today)),
        today=Count("pk", filter=due_within(today, today)),
        soon=Count("pk", filter=due_within(today + ONE_DAY, soon)),
        all=Count("pk"),
        intake=Count("pk", filter=Q(phase=Phase.INTAKE)),
        own=Count("pk", filter=Q(officer_id=officer) if officer is not None else Q(pk__in=[])),
    )
    return InboxCounts(**row)


def counts_by_kind(cases: CaseQuerySet) -> list[tuple[str, int]]:
    """How many of the cases there are of each kind, most first."""
    rows = cases.order_by().values("kind").annotate(number=Count("pk")).order_by("-number", "kind")
    return [(row["kind"], row["number"]) for row in rows]


def narrow(cases: CaseQuerySet, due: str, today: date, calendar: WorkdayCalendar) -> CaseQuerySet:
    """The open cases in one bucket: overdue, today, soon, intake; anything else leaves them all."""
    soon = calendar.add(today, limit("board.soon", on=today).days)
    buckets = {
        "overdue": overdue_by(today),
        "today": due_within(today, today),
        "soon": due_within(today + ONE_DAY, soon),
        "intake": Q(phase=Phase.INTAKE),
    }
    return cases.filter(buckets[due]) if due in buckets else cases


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a case's timeline."""

    event: CaseEvent
    label: str

    @property
    def facts(self) -> dict[str, object]:
        """The event's facts."""
        return dict(self.event.facts)

    @property
    def words(self) -> str:
        """What somebody wrote for it, kept beside the log; "" if nothing was, or it has been erased.

        Events of before 2026-12 hold some of these words among their facts.
        """
        payload = getattr(self.event, "payload", None)
        facts = self.event.facts
        return payload.text if payload is not None else str(facts.get("reason") or facts.get("comment") or "")


def timeline(case: Case) -> list[TimelineEntry]:
    """The case's events with their labels, oldest first."""
    model = kind_of(case).model
    extra = {"recompute": "期限重新计算", **NOTES}
    return [
        TimelineEntry(event, extra.get(event.kind) or label_of(model, event.kind))
        for event in case.events.select_related("payload").order_by("seq")
    ]


def moved_words(facts: dict[str, object]) -> str:
    """What a recount of dates changed, in a sentence."""
    title = facts.get("title") or "到期日"
    days = (facts.get("before") or facts.get("due_before"), facts.get("after") or facts.get("due_after"))
    before, after = (cn_date(date.fromisoformat(str(day))) if day else "未定" for day in days)
    closed = "本件已经办结，办理结果不变。" if facts.get("closed") else ""
    if before == after:
        return f"{title}{before}不变，{'暂定' if facts.get('provisional') else '不再为暂定'}。{closed}"
    return f"{facts.get('why') or BY_NOTICE}，{title}由{before}调整为{after}。{closed}"


def linked(case: Case) -> list[tuple[str, Case]]:
    """(how, the other case) for a case that goes on as another one, or comes from one."""
    found = []
    link = CaseLink.objects.select_related("target").filter(source_id=case.pk).first()
    if link is not None:
        found.append(("已转为", link.target))
    link = CaseLink.objects.select_related("source").filter(target_id=case.pk).first()
    if link is not None:
        found.append(("来自", link.source))
    return found
