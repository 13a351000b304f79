"""The morning list of the person on duty: what was published, what changed, what broke."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils import timezone

from notices.actions.checking import Remark
from notices.choices import OFFICE
from notices.models import Article, ArticleVersion
from notices.queries import ColumnState, column_states
from notices.queries.enforcement import enforcing_units, missing_periods
from notices.reports.models import ErrorReport
from notices.watch import rules
from notices.watch.choices import LinkState, State
from notices.watch.models import DutyLog, DutyTurn, Link, TamperAlarm
from notices.watch.models.duty import READERS
from portal.cases.choices import Phase
from portal.cases.models import CaseEvent
from portal.cases.transitions import label_of
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.moments import begin_of
from portal.holidays.calendars import calendar
from portal.units.access import is_supervisor, units_of
from portal.units.models import Unit

CHANGES = ("revise", "set_validity", "withdraw_item")
MOST_LISTED = 2000
LOOKED_BACK, LOOKED_AHEAD = 14, 7


@dataclass(frozen=True)
class Morning:
    """What a reader on duty looks at; the government office reads for everyone, a unit for itself."""

    day: date
    published: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, str]] = field(default_factory=list)
    alarms: list[Any] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    columns: list[ColumnState] = field(default_factory=list)
    late: list[Any] = field(default_factory=list)
    reports: list[Any] = field(default_factory=list)
    enforcement: list[Any] = field(default_factory=list)
    since: date | None = None

    @property
    def findings(self) -> int:
        """How many things are wrong."""
        wrong = (self.alarms, self.links, self.columns, self.late, self.reports, self.enforcement)
        return sum(map(len, wrong))

    def facts(self) -> dict[str, Any]:
        """The list as it is signed: titles and counts, nothing personal."""
        return {
            "published": [row.title for row in self.published],
            "changed": [f"{row.title}（{said}）" for row, said in self.changed],
            "alarms": [row.title for row in self.alarms],
            "links": [row.url for row in self.links],
            "columns": [str(state.column) for state in self.columns],
            "late": [row.title for row in self.late],
            "reports": [row.number for row in self.reports],
            "enforcement": [f"{unit.short_name}{state.period.title}" for unit, state in self.enforcement],
        }


def morning_list(unit: Unit, now: datetime) -> Morning:
    """What happened since the day of the last signed list began, and what is wrong now.

    A log that was begun and never signed told nobody anything: what it would have listed comes again.
    """
    today = timezone.localdate(now)
    since = begin_of(_last_signed(unit, today) or today - timedelta(days=1))
    everyone = unit.code == OFFICE

    def mine(rows: Any, name: str = "unit") -> Any:
        return rows if everyone else rows.filter(**{name: unit})

    versions: Any = ArticleVersion.objects.filter(publish_at__gte=since, publish_at__lte=now).filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=F("publish_at"))
    )
    events: Any = CaseEvent.objects.filter(kind__in=CHANGES, at__gte=since, at__lte=now)
    articles = {row.pk: row for row in mine(Article.objects.filter(events__in=events)).distinct()}
    alarms: Any = TamperAlarm.objects.filter(closed_at__isnull=True)
    if not everyone:
        alarms = alarms.filter(article__unit=unit) | alarms.filter(release__unit=unit)
    states = column_states(now, units=None if everyone else frozenset({unit.pk}))
    late: Any = Article.objects.exclude(phase=Phase.CLOSED).filter(act_by__lt=today)
    reports: Any = ErrorReport.objects.exclude(phase=Phase.CLOSED)
    enforcing = [row for row in enforcing_units() if everyone or row.pk == unit.pk]
    return Morning(
        day=today,
        since=timezone.localdate(since),
        published=list(
            mine(versions, "article__unit")
            .select_related("article__unit", "column")
            .order_by("-publish_at")[:MOST_LISTED]
        ),
        changed=[
            (articles[event.case_id], label_of(Article, event.kind))
            for event in events.order_by("-at")[:MOST_LISTED]
            if event.case_id in articles
        ],
        alarms=list(alarms),
        links=list(mine(Link.objects.filter(state=LinkState.DEAD), "articles__unit").distinct()[:100]),
        columns=[state for state in states if state.fresh.is_red or state.fresh.warn][:100],
        late=list(mine(late).select_related("unit").order_by("act_by")[:100]),
        reports=list(mine(reports).select_related("unit").order_by(F("due_on").asc())[:100]),
        enforcement=missing_periods(enforcing, now)[:100],
    )


def _last_signed(unit: Unit, today: date) -> date | None:
    signed: Any = DutyLog.objects.filter(unit=unit, day__lt=today, state__in=(State.SIGNED, State.CLOSED))
    found: date | None = signed.order_by("-day").values_list("day", flat=True).first()
    return found


def days_without_log(unit: Unit, today: date) -> list[date]:
    """The working days of the last two weeks, since the unit's first log, whose list nobody signed; oldest first."""
    logs: Any = DutyLog.objects.filter(unit=unit)
    first = logs.order_by("day").values_list("day", flat=True).first()
    signed = set(logs.exclude(state=State.OPEN).values_list("day", flat=True))
    days = [today - timedelta(days=ago) for ago in range(LOOKED_BACK, 0, -1)]
    return [
        day for day in days if first is not None and first <= day not in signed and calendar().is_workday(day)
    ]


def days_without_reader(unit: Unit, today: date) -> list[date]:
    """The working days of the next week on which nobody's turn it is; today first."""
    taken = set(
        DutyTurn.objects.filter(unit=unit, day__gte=today, replaced_at=None).values_list("day", flat=True)
    )
    days = [today + timedelta(days=ahead) for ahead in range(LOOKED_AHEAD)]
    return [day for day in days if day not in taken and calendar().is_workday(day)]


def open_alarms() -> QuerySet[Any]:
    """Alarms that nobody has explained."""
    rows: QuerySet[Any] = TamperAlarm.objects.filter(closed_at__isnull=True)
    return rows.select_related("article__unit", "release__unit")


def watchable_units(actor: Actor) -> list[Unit]:
    """The units whose list the actor may read, the government office first."""
    rows: Any = Unit.objects.filter(is_active=True)
    if not is_supervisor(actor):
        rows = rows.filter(pk__in=units_of(actor))
    return sorted(rows.order_by("sort", "id"), key=lambda unit: unit.code != OFFICE)


def may_sign(actor: Actor, unit: Unit) -> bool:
    """True for somebody who may read on duty for the unit."""
    return actor.has_role(unit.pk, *READERS)


def duty_of(unit: Unit, day: date) -> Any:
    """Whose turn it is; None if nobody's."""
    return DutyTurn.objects.filter(unit=unit, day=day, replaced_at=None).select_related("account").first()


def turns(unit: Unit, since: date, days: int = 28) -> list[Any]:
    """The rota from that day on, with who was to read before it was changed."""
    rows = DutyTurn.objects.filter(unit=unit, day__gte=since, day__lt=since + timedelta(days=days))
    return list(rows.select_related("account", "put_by").order_by("day", "pk"))


def logs_of(unit: Unit) -> QuerySet[Any]:
    """The logs of a unit, newest first."""
    rows: QuerySet[Any] = DutyLog.objects.filter(unit=unit)
    return rows.select_related("signed_by").order_by("-day")


def find_log_of(unit: Unit, day: date) -> DutyLog | None:
    """The log of a day."""
    rows: Any = DutyLog.objects.all()
    found: DutyLog | None = rows.filter(unit=unit, day=day).first()
    return found


def find_log(actor: Actor, public_id: uuid.UUID) -> DutyLog:
    """A log of the actor's units; NotFound for any other."""
    found: Any = DutyLog.objects.select_related("unit").filter(public_id=public_id).first()
    if found is None or not (is_supervisor(actor) or found.unit_id in units_of(actor)):
        raise NotFound("没有找到该值班日志。")
    return found  # type: ignore[no-any-return]


def all_links() -> QuerySet[Any]:
    """Every link, the dead ones first."""
    order = Case(When(state=LinkState.DEAD, then=0), When(state=LinkState.DOUBTFUL, then=1), default=2)
    rows: QuerySet[Any] = Link.objects.annotate(rank=order, used=Count("articles"))
    return rows.order_by("rank", "host", "url")


def find_alarm(pk: int) -> TamperAlarm:
    """An alarm; NotFound for any other."""
    found = open_alarms().filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到该告警，或者已经处理。")
    return found  # type: ignore[no-any-return]


def dead_links_of(case: Article) -> list[Remark]:
    """A remark for every link of an item that is known to be dead."""
    urls = rules.item_links(case.body, case.summary, case.source_url, case.particulars)
    dead = Link.objects.filter(url__in=urls, state=LinkState.DEAD).values_list("url", flat=True)
    return [Remark(True, "正文", f"链接打不开：{url}") for url in dead]
