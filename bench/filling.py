"""Rows for benchmarks, written in bulk into a scratch database."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from portal.cases.models import Case
from portal.publishing.models import Release
from portal.units.models import Unit
from requests_app.choices import KIND, State

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STATES = (State.SUBMITTED, State.REGISTERED, State.HANDLING, State.REVIEWING, State.ANSWERED)


def cases(count: int, seed: int = 7) -> list[Case]:
    """Docket rows over all units, one in five closed, due dates over two months."""
    random = Random(seed)
    units = list(Unit.objects.filter(takes_requests=True))
    rows = []
    for index in range(count):
        state = STATES[index % len(STATES)]
        closed = state == State.ANSWERED
        row = Case(
            public_id=uuid.UUID(int=random.getrandbits(128)), kind=KIND, number=f"B{index:08d}",
            title=f"关于“第{index}号信息”的信息公开申请", unit=random.choice(units),
            phase="closed" if closed else "intake" if state == State.SUBMITTED else "in_progress",
            due_on=None if state == State.SUBMITTED else date(2026, 2, 1) + timedelta(days=random.randrange(60)),
            closed_on=date(2026, 3, 1) if closed else None, created_at=NOW,
        )  # fmt: skip
        row.__dict__["state"] = state
        row.act_by = row.due_on or date(2026, 2, 2)
        rows.append(row)
    return Case.objects.bulk_create(rows, batch_size=2000)


def released(count: int) -> None:
    """Published copies of as many answered cases."""
    rows = cases(count)
    copies = []
    for row in rows:
        copy = Release(
            case=row, unit=row.unit, kind="disclose", kind_label="予以公开", title=row.title, question="申请内容" * 20,
            answer="答复内容，见附表。" * 60, content_sha256="0" * 64, received_on=date(2026, 2, 1),
            answered_on=date(2026, 3, 1), proposed_at=NOW, published_at=NOW,
        )  # fmt: skip
        copy.__dict__["state"] = "published"
        copies.append(copy)
    Release.objects.bulk_create(copies)
