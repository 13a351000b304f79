"""Jobs of the docket."""

from __future__ import annotations

from django.utils import timezone

from portal.cases import actions, ledger, proving
from portal.cases.recounting import recount_dates, recount_if_moved
from portal.holidays.calendars import calendar, forget
from portal.jobs.lanes import HEAVY
from portal.jobs.registry import handler
from portal.privacy.anchor_keys import can_sign


@handler("cases.inspect_file")
def inspect_file(file: int) -> None:
    """Check an attachment and let it out of quarantine."""
    actions.inspect_file(file_id=file, at=timezone.now())


@handler("cases.recompute", lane=HEAVY)
def recompute(notice: int) -> None:
    """Count every stored date anew that a new holiday notice moves, by the notices as they are now."""
    forget()
    recount_dates(calendar=calendar(), at=timezone.now())


def anchor() -> None:
    """Sign the heads of all chains, hourly; where the worker has no key, `manage.py sign_anchor` does it elsewhere."""
    if can_sign():
        ledger.add_anchor(at=timezone.now())


def prove() -> None:
    """Nightly: count dates anew that a new notice moved, then begin a round of proving."""
    recount_if_moved(calendar=calendar(), at=timezone.now())
    proving.begin(at=timezone.now())


def prove_on() -> None:
    """Every minute: go on with the round, if one is open."""
    proving.go_on(at=timezone.now())
