"""The fees taken in a year, which part six of the report tells (国办函〔2020〕109号; 国办公开办函〔2021〕30号): from the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from portal.cases.models import CaseEvent
from portal.units.models import Unit
from requests_app.choices import KIND

CHARGED, PAID = "charge_fee", "pay_fee"
ROW = "fees_taken"
TITLE = "收取信息处理费"


@dataclass(frozen=True)
class Fees:
    """For how many requests a fee was paid, and how much that is in yuan; none is 0 and 0."""

    requests: int = 0
    yuan: int = 0

    def __add__(self, other: Fees) -> Fees:
        return Fees(self.requests + other.requests, self.yuan + other.yuan)

    @property
    def sentence(self) -> str:
        """As it stands in part six."""
        law = "根据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），本年度"
        if not self.requests:
            return f"{law}未收取政府信息公开信息处理费。"
        return f"{law}收取政府信息公开信息处理费{self.requests}件，共{self.yuan}元。"


@dataclass(frozen=True)
class Payment:
    """One fee that was paid: for which request, how much, on which day, to which unit."""

    case_id: int
    yuan: int
    paid_on: date
    unit_id: int


def payments(year: int, unit: Unit | None = None) -> list[Payment]:
    """The fees that came in on a day of the year: in the city, or by the unit that had the request when it was paid."""
    events = CaseEvent.objects.filter(case__kind=KIND, kind__in=(CHARGED, PAID))
    if unit is not None:
        paid_there = CaseEvent.objects.filter(case_id=OuterRef("case_id"), kind=PAID, unit_id=unit.pk)
        events = events.filter(Exists(paid_there))
    rows = events.order_by("case_id", "seq").values_list("case_id", "kind", "facts", "unit_id")
    found = (entry for entry in _paid(rows) if entry.paid_on.year == year)
    return [entry for entry in found if unit is None or entry.unit_id == unit.pk]


def _paid(rows: Iterable[tuple[int, str, dict[str, str], int | None]]) -> Iterator[Payment]:
    """A payment is for the sum that was told last."""
    told: dict[int, int] = {}
    for case_id, kind, facts, unit_id in rows:
        if kind == CHARGED:
            told[case_id] = int(facts["amount"])
        else:
            yield Payment(case_id, told[case_id], date.fromisoformat(facts["paid_on"]), unit_id or 0)


def fees(year: int, unit: Unit | None = None) -> Fees:
    """What was taken in the year, by a unit or in the whole city."""
    found = payments(year, unit)
    return Fees(len(found), sum(entry.yuan for entry in found))
