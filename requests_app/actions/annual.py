"""What a unit enters for its annual report: table 1 and the text sections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.units.access import is_supervisor
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app.annual.entered import Texts
from requests_app.annual.rows import ENTERED_TITLES, FEES
from requests_app.models import AnnualFigure, AnnualText

MOST_TEXT = 6_000


def stands_in(actor: Actor, unit: Unit) -> bool:
    """True for a supervisor and a unit that was closed, where nobody is left who could report."""
    return not unit.is_active and is_supervisor(actor)


@transaction.atomic
def fill(
    *,
    unit: Unit,
    year: int,
    values: Mapping[str, Decimal | None],
    texts: Texts,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the unit's figures of table 1 and its texts anew; None takes a figure out.

    Raises StepRefused for anybody but the unit's clerks (a supervisor for a unit that was closed), InvalidInput for a year to come or a figure that cannot be.
    """
    if not actor.has_role(unit.pk, Role.CLERK) and not stands_in(actor, unit):
        raise StepRefused("须由本机关经办人填报。")
    if year > timezone.localdate(at).year:
        raise InvalidInput("不能填报以后年度的数据", "year")
    for code, value in values.items():
        _check(code, value)
    for field in ("overview", "problems", "other"):
        if len(getattr(texts, field)) > MOST_TEXT:
            raise InvalidInput(f"不能超过{MOST_TEXT}字", field)
    for code, value in values.items():
        rows = AnnualFigure.objects.filter(unit=unit, year=year, code=code)
        if value is None:
            rows.delete()
        else:
            AnnualFigure.objects.update_or_create(unit=unit, year=year, code=code, defaults={"value": value})
    AnnualText.objects.update_or_create(
        unit=unit,
        year=year,
        defaults={
            "overview": texts.overview.strip(),
            "problems": texts.problems.strip(),
            "other": texts.other.strip(),
        },
    )


def _check(code: str, value: Decimal | None) -> None:
    if code not in ENTERED_TITLES:
        raise InvalidInput("没有这一项目", code)
    if value is None:
        return
    if value < 0:
        raise InvalidInput(f"{ENTERED_TITLES[code]}不能小于0", code)
    if code != FEES and value != value.to_integral_value():
        raise InvalidInput(f"{ENTERED_TITLES[code]}应为整数", code)
