"""Jobs of the records."""

from __future__ import annotations

from django.utils import timezone

from portal.jobs.lanes import FILES
from portal.jobs.registry import handler
from portal.records import actions


@handler("records.prepare", lane=FILES)
def prepare(record: int) -> None:
    """Check a record and make its pages."""
    actions.prepare(record_id=record, at=timezone.now())


@handler("records.pages", lane=FILES)
def pages(record: int, first: int) -> None:
    """Draw some pages of a record."""
    actions.draw_pages(record_id=record, first=first)


@handler("records.copy", lane=FILES)
def copy(copy: int) -> None:
    """Make a copy and prove it."""
    actions.run_copy(copy_id=copy, at=timezone.now())
