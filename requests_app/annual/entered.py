"""What the units enter: table 1 and the three text sections; the whole city is the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from portal.units.choices import UnitKind
from portal.units.models import Unit
from requests_app.annual.rows import ENTERED_TITLES, FEES
from requests_app.annual.scope import reporting_units
from requests_app.models import AnnualFigure, AnnualText


@dataclass(frozen=True)
class Texts:
    """The three text sections; "" where nothing has been written."""

    overview: str = ""
    problems: str = ""
    other: str = ""


@dataclass(frozen=True)
class Entered:
    """Table 1 by code (None where nobody has entered a figure), the texts, and the units still without figures."""

    values: Mapping[str, Decimal | None]
    texts: Texts
    missing: tuple[str, ...]


def entered(year: int, unit: Unit | None = None) -> Entered:
    """What was entered for the year by a unit, or by all of them; the city's text is its government's own."""
    rows = AnnualFigure.objects.filter(year=year)
    if unit is not None:
        rows = rows.filter(unit=unit)
    sums = dict(rows.order_by().values("code").annotate(sum=Sum("value")).values_list("code", "sum"))
    values = {code: _plain(code, sums.get(code)) for code in ENTERED_TITLES}
    return Entered(values, _texts(year, unit), () if unit is not None else _missing(year))


def _plain(code: str, value: Decimal | None) -> Decimal | None:
    """Whole numbers without a fraction; money (in units of 10 000 yuan) without idle noughts."""
    if value is None:
        return None
    whole = value.quantize(Decimal(1))
    if code != FEES or value == whole:
        return whole
    return value.normalize()


def _texts(year: int, unit: Unit | None) -> Texts:
    texts = AnnualText.objects.filter(year=year)
    if unit is not None:
        found = texts.filter(unit=unit).first()
    else:
        found = (
            texts.filter(unit__kind=UnitKind.GOVERNMENT, unit__parent__isnull=True).first()
            or texts.filter(unit__kind=UnitKind.OFFICE).first()
        )
    return Texts(found.overview, found.problems, found.other) if found is not None else Texts()


def _missing(year: int) -> tuple[str, ...]:
    """Short names of the units that report on the year and have entered nothing for it."""
    done = set(AnnualFigure.objects.filter(year=year).values_list("unit_id", flat=True))
    return tuple(unit.short_name for unit in reporting_units(year) if unit.pk not in done)
