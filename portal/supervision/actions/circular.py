"""The number of a circular."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.actions import next_number
from portal.supervision.actions.lending import OFFICE
from portal.supervision.document_kinds import CIRCULARS
from portal.supervision.models import Circular
from portal.units.access import is_supervisor
from portal.units.models import Unit


def number_circular(*, period: str, ends_on: date, actor: Actor, at: datetime) -> Circular:
    """Give the circular of a period (2026-03, 2026-Q1) that ended on that day its number, once; the same one ever after.

    The number is the next of the government office's sequence. Raises StepRefused for anybody but a supervisor,
    InvalidInput for a period that is not over.
    """
    if not is_supervisor(actor):
        raise StepRefused("须由监督员办理。")
    today = timezone.localdate(at)
    if today <= ends_on:
        raise InvalidInput("所选期间尚未结束，数字会变动，不能编号印发", "period")
    try:
        with transaction.atomic():
            found = Circular.objects.filter(period=period).first()
            if found is not None:
                return found
            number = next_number(Unit.objects.get(code=OFFICE), CIRCULARS, today.year)
            return Circular.objects.create(
                period=period, number=number, issued_on=today, issued_by_id=actor.account_id
            )
    except IntegrityError:
        return Circular.objects.get(period=period)
