"""One month's figures with everything in them, and the letters behind one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from mailbox.figures.chart import Chart, chart
from mailbox.figures.counting import ALL_TITLES, ANSWERED, CITY, IN_TIME, TITLES, Count, counts
from mailbox.figures.lives import lives
from mailbox.figures.months import Month
from mailbox.figures.satisfaction import satisfaction
from mailbox.queries.ratings import RatingSummary
from mailbox.queries.scope import handled
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.holidays.calendars import calendar
from portal.units.models import Unit

TREND = 6
MOST_BARS = 12


@dataclass(frozen=True)
class Cell:
    """One figure, and the code that finds what is behind it."""

    figure: str
    title: str
    value: int


@dataclass(frozen=True)
class Line:
    """A unit's figures, or the whole city's (`code` ""); `ratings` is None where there are too few."""

    name: str
    code: str
    count: Count
    ratings: RatingSummary | None

    @property
    def cells(self) -> list[Cell]:
        """The figures of the table, in its order."""
        return [Cell(figure, title, self.count.value(figure)) for figure, title in TITLES.items()]

    @property
    def reasons(self) -> list[Cell]:
        """Why letters were not accepted, reasons without one left out."""
        return [
            Cell(figure, title, value)
            for figure, title in ALL_TITLES.items()
            if figure not in TITLES and (value := self.count.value(figure))
        ]


@dataclass(frozen=True)
class Report:
    """The figures of one month: a unit's, or the city's with every unit that has any (`unit` None)."""

    month: Month
    unit: Unit | None
    is_over: bool
    total: Line
    units: tuple[Line, ...]
    chart: Chart

    @property
    def lines(self) -> tuple[Line, ...]:
        """The units' lines, the sum line last."""
        return (*self.units, self.total)

    @property
    def rated(self) -> tuple[Line, ...]:
        """The lines with enough ratings to show."""
        return tuple(line for line in self.lines if line.ratings is not None)

    @property
    def name(self) -> str:
        """Whose figures they are."""
        return self.unit.name if self.unit is not None else str(settings.PORTAL_CITY_NAME)

    @property
    def title(self) -> str:
        """What the page and the file are called."""
        return f"{self.name}{self.month.label}书记市长信箱办理统计"


def report(month: Month, unit: Unit | None, today: date) -> Report:
    """The month's figures; months that are over give the same whenever they are asked for."""
    rated = satisfaction(month, today)
    if unit is None:
        found = dict(counts(lives(month, month), month, calendar(), today))
        total = Line("全市合计", "", found.pop(CITY, Count()), rated.get(CITY))
        lines = tuple(
            Line(each.short_name, each.code, found.get(each.pk, Count()), rated.get(each.pk))
            for each in Unit.objects.filter(pk__in={*found, *rated}).order_by("sort", "id")
            if each.pk in rated or not found[each.pk].is_empty
        )
        return Report(month, None, month.is_over(today), total, lines, _by_unit(month, lines))
    months = [month.shifted(-back) for back in range(TREND - 1, -1, -1)]
    read = lives(months[0], month, unit)
    by_month = [(each, counts(read, each, calendar(), today).get(unit.pk, Count())) for each in months]
    own = Line(unit.short_name, unit.code, by_month[-1][1], rated.get(unit.pk))
    return Report(month, unit, month.is_over(today), own, (), _by_month(by_month))


def _by_unit(month: Month, lines: tuple[Line, ...]) -> Chart:
    rows = [(line.name, line.count.value(ANSWERED), line.count.value(IN_TIME)) for line in lines]
    busiest = sorted((row for row in rows if row[1]), key=lambda row: -row[1])[:MOST_BARS]
    return chart(f"{month.label}各单位答复和按期答复", busiest)


def _by_month(months: list[tuple[Month, Count]]) -> Chart:
    rows = [(month.label, count.value(ANSWERED), count.value(IN_TIME)) for month, count in months]
    return chart(f"近{TREND}个月答复和按期答复", rows)


def letters_behind(
    month: Month, unit: Unit | None, figure: str, actor: Actor, today: date
) -> tuple[QuerySet[Any], int, int]:
    """The letters behind a figure that the actor may see, the figure, and how many of its letters are kept from them.

    A unit that sent a letter back no longer sees it. Raises NotFound for a figure that is none.
    """
    if figure not in ALL_TITLES:
        raise NotFound("统计中没有这一项。")
    of_unit = counts(lives(month, month, unit), month, calendar(), today)
    ids = of_unit.get(unit.pk if unit is not None else CITY, Count()).behind.get(figure, [])
    seen = handled(actor).filter(pk__in=ids).select_related("unit").order_by("pk")
    return seen, len(ids), len(set(ids)) - seen.count()
