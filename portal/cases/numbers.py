"""Gapless numbers from a counter row, in the transaction that uses them; the prefixes are registered with the kinds of case."""

from __future__ import annotations

from django.db import connection
from django.db.models import F

from portal.cases.models import Case, NumberCounter
from portal.cases.registry import PREFIXES
from portal.core.numbering import case_number
from portal.units.models import Unit

OFFICE = "city-office"


def take_number(unit: Unit, series: str, year: int) -> int:
    """The next number of the series in that unit and year (Asia/Shanghai); a roll-back gives it back.

    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that uses it")
    NumberCounter.objects.bulk_create(
        [NumberCounter(unit=unit, series=series, year=year, last=0)], ignore_conflicts=True
    )
    row = NumberCounter.objects.filter(unit=unit, series=series, year=year)
    row.update(last=F("last") + 1)
    return row.values_list("last", flat=True).get()


def take_case_number(prefix: str, series: str, year: int) -> str:
    """The next case number of a series that runs over the whole city, e.g. F2026-00012.

    Two units never get the same one: the counter is the government office's. Numbers that cases of another kind took
    under the prefix before it was theirs alone are left out. Raises RuntimeError outside a transaction, ValueError for a
    prefix that is not registered for the series.
    """
    if PREFIXES.get(prefix) != series:
        raise ValueError(f"the prefix {prefix} is not that of {series}")
    office = Unit.objects.get(code=OFFICE)
    while True:
        number = case_number(prefix, year, take_number(office, series, year))
        if not Case.objects.filter(number=number).exists():
            return number
