"""Jobs of the docket."""

from __future__ import annotations

import logging

from django.utils import timezone

from portal.cases import actions, ledger
from portal.holidays.calendars import calendar
from portal.jobs.registry import handler

log = logging.getLogger("portal.cases")


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
    """Nightly: recompute due dates that a new notice moved, then prove the log; a finding is an alarm."""
    actions.recompute_due_dates(calendar=calendar(), at=timezone.now())
    for finding in (*ledger.verify_cases(), *ledger.verify_anchors()):
        log.error(
            "ledger does not hold", extra={"case": finding.case, "seq": finding.seq, "reason": finding.reason}
        )
