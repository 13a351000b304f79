"""Texts do not ring at night; what somebody waits for comes at once."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.db import transaction

from portal.core.moments import CITY_ZONE, after_quiet_hours
from portal.jobs.models import OutboxJob
from portal.messaging.actions import Recipient, notify
from tests.cast import moment

DAY = moment("2026-03-16").date()


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of that day in Yuxi, told in UTC."""
    return datetime.combine(DAY, time(hour, minute), CITY_ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("when", "then"),
    [
        (at(8), at(8)),
        (at(12, 30), at(12, 30)),
        (at(20, 59), at(20, 59)),
        (at(21), moment("2026-03-17", 8)),
        (at(23, 59), moment("2026-03-17", 8)),
        (at(0), at(8)),
        (at(7, 59), at(8)),
    ],
)
def test_quiet_hours_are_from_nine_to_eight(when: datetime, then: datetime) -> None:
    assert after_quiet_hours(when) == then


@pytest.mark.parametrize(("secret", "waits"), [("", True), ("查询码 ABCD", False)])
def test_a_text_at_night_waits_unless_it_brings_a_code(db: None, secret: str, waits: bool) -> None:
    night = at(22)
    with transaction.atomic():
        notify(
            recipient=Recipient(email="a@test.invalid", phone="13800000000"),
            key="one",
            subject="已登记",
            body="您的申请已登记。",
            link="/",
            at=night,
            secret_text=secret,
        )
    mail, text = OutboxJob.objects.order_by("pk")
    assert mail.not_before != moment("2026-03-17", 8)
    assert (text.not_before == moment("2026-03-17", 8)) is waits
