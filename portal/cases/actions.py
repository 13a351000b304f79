"""Writers of the docket that belong to no app."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from portal.cases.choices import FileStatus
from portal.cases.models import Case, CaseFile, CaseLink
from portal.cases.registry import KINDS, Handover
from portal.core.errors import StepRefused
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


@transaction.atomic
def inspect_file(*, file_id: int, at: datetime) -> None:
    """Take a file out of quarantine, or reject it with the reason and say so to both sides; once."""
    row = CaseFile.objects.select_related("stored", "case").get(pk=file_id)
    if row.status != FileStatus.QUARANTINED:
        return
    problem = checks.inspect(row.name.rpartition(".")[2].lower(), row.stored.read())
    row.status = FileStatus.REJECTED if problem else FileStatus.CLEAN
    row.problem = problem
    row.save(update_fields=["status", "problem"])
    tell = KINDS[row.case.kind].tell_of_rejected if row.case.kind in KINDS else None
    if problem and tell is not None:
        tell(row, at)


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
