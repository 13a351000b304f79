"""Writers of the docket that belong to no app."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from portal.cases.choices import FileStatus
from portal.cases.models import Case, CaseEvent, CaseFile, CaseLink
from portal.cases.registry import KINDS, Handover
from portal.cases.steps import apply_clock, record
from portal.cases.transitions import StepFacts
from portal.core.actors import SYSTEM
from portal.core.errors import StepRefused
from portal.core.workdays import WorkdayCalendar
from portal.files import checks
from portal.files.actions import store_bytes
from portal.jobs.outbox import enqueue


def attach(*, case: Case, name: str, data: bytes, at: datetime, role: str = "attachment") -> CaseFile:
    """Put an upload into quarantine; a job checks it. Raises InvalidInput for a file that is not allowed."""
    kind = checks.accept(name, data, max_bytes=settings.PORTAL_MAX_UPLOAD_MB * 1024 * 1024)
    stored = store_bytes(data, media_type=kind.media_type)
    row = CaseFile.objects.create(
        case=case, stored=stored, name=checks.clean_name(name), role=role, added_at=at
    )
    enqueue("cases.inspect_file", key=f"inspect:{row.pk}", file=row.pk)
    return row


def inspect_file(*, file_id: int) -> None:
    """Take a file out of quarantine, or reject it with the reason; once."""
    row = CaseFile.objects.select_related("stored").get(pk=file_id)
    if row.status != FileStatus.QUARANTINED:
        return
    problem = checks.inspect(row.name.rpartition(".")[2].lower(), row.stored.read())
    row.status = FileStatus.REJECTED if problem else FileStatus.CLEAN
    row.problem = problem
    row.save(update_fields=["status", "problem"])


def recompute_due_dates(*, calendar: WorkdayCalendar, at: datetime) -> int:
    """Recompute every open case's due date after a new notice, with an event each; gives how many moved."""
    moved = 0
    for pk in Case.objects.open().filter(due_on__isnull=False).order_by("pk").values_list("pk", flat=True):
        moved += _recompute(pk, calendar, at) is not None
    return moved


def _recompute(pk: int, calendar: WorkdayCalendar, at: datetime) -> CaseEvent | None:
    with transaction.atomic():
        kind = Case.objects.values_list("kind", flat=True).get(pk=pk)
        case = KINDS[kind].model.objects.select_for_update().get(pk=pk)
        old = case.due_on
        if not apply_clock(case, calendar):
            return None
        facts = StepFacts(
            public={"due_before": old, "due_after": case.due_on, "provisional": case.due_provisional}
        )
        event = record(case, "recompute", case.state, facts, actor=SYSTEM, at=at)
        case.save()
    return event


def hand_over(*, kind: str, handover: Handover) -> Case:
    """Open a case of that kind from another one and link the two. Raises StepRefused if the kind takes none over.

    Call inside the business transaction that closes the source.
    """
    take_over = KINDS[kind].take_over if kind in KINDS else None
    if take_over is None:
        raise StepRefused("没有可以转入的业务。")
    target = take_over(handover)
    CaseLink.objects.create(source_id=handover.source.pk, target_id=target.pk, made_at=handover.at)
    return target
