"""Jobs of the docket."""

from __future__ import annotations

from django.utils import timezone

from portal.cases import actions, ledger, proving
from portal.holidays.calendars import calendar
from portal.jobs.registry import handler


@handler("cases.inspect_file")
def inspect_file(file: int) -> None:
    """Check an attachment and let it out of quarantine."""
    actions.inspect_file(file_id=file)


@handler("cases.recompute")
def recompute(notice: int) -> None:
    """Recompute the due dates that a new holiday notice moves."""
    actions.recompute_due_dates(calendar=calendar(), at=timezone.now())


def anchor() -> None:
    """Sign the heads of all chains, hourly."""
    ledger.add_anchor(at=timezone.now())


def prove() -> None:
    """Nightly: recompute due dates that a new notice moved, then begin a round of proving."""
    actions.recompute_due_dates(calendar=calendar(), at=timezone.now())
    proving.begin(at=timezone.now())


def prove_on() -> None:
    """Every minute: go on with the round, if one is open."""
    proving.go_on(at=timezone.now())
