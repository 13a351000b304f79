"""The volumes of a request's case file, and what has come since the last one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.cases.models import CaseEvent
from portal.cases.queries import TimelineEntry
from portal.core.errors import NotFound
from requests_app.models import CaseArchive, DisclosureRequest

# Steps that leave nothing to be filed.
NOTHING_NEW = ("archive", "recompute", "remark")


def volumes_of(case: DisclosureRequest) -> list[CaseArchive]:
    """The volumes in order."""
    return list(CaseArchive.objects.filter(request=case).select_related("file").order_by("number"))


def last_volume(case: DisclosureRequest) -> CaseArchive | None:
    """The newest volume; None before the first."""
    return CaseArchive.objects.filter(request=case).order_by("-number").first()


def events_since(case: DisclosureRequest, seq: int) -> QuerySet[CaseEvent]:
    """What happened after that event and belongs into the file, in order."""
    return case.events.filter(seq__gt=seq).exclude(kind__in=NOTHING_NEW).order_by("seq")


def is_complete(case: DisclosureRequest) -> bool:
    """True if the case is filed and nothing has happened since."""
    last = last_volume(case)
    return last is not None and not events_since(case, last.through).exists()


def is_new(last: CaseArchive, log: Iterable[TimelineEntry]) -> bool:
    """True if something of the log came after that volume and belongs into the file."""
    return any(entry.event.seq > last.through and entry.event.kind not in NOTHING_NEW for entry in log)


def case_file_of(case: DisclosureRequest, number: str = "") -> CaseArchive:
    """The volume of that number, the newest without one; NotFound if there is none."""
    rows = CaseArchive.objects.filter(request=case).select_related("file").order_by("-number")
    if number:
        rows = rows.filter(number=int(number)) if number.isascii() and number.isdecimal() else rows.none()
    found = rows.first()
    if found is None:
        raise NotFound("没有这一卷。" if number else "本件尚未立卷。")
    return found
