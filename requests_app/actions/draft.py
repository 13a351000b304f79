"""Keeping what is typed until it is submitted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.cases.intake import key_digest
from portal.core.errors import InvalidInput
from portal.core.limits import limit
from portal.files import checks
from portal.files.actions import store_bytes
from requests_app.models import DraftFile, RequestDraft

GUEST_KEEP = timedelta(hours=24)
MOST_FILES = 10


def unsaved_draft(*, account_id: int | None, at: datetime) -> RequestDraft:
    """An empty draft that is nowhere yet: who only reads the first page leaves nothing behind."""
    return RequestDraft(account_id=account_id, created_at=at, updated_at=at, answers={})


def start_draft(*, account_id: int | None, at: datetime) -> RequestDraft:
    """A new, empty draft."""
    draft = unsaved_draft(account_id=account_id, at=at)
    draft.key = key_digest(draft.submission_key)
    draft.save()
    return draft


def save_draft(*, draft: RequestDraft, answers: dict[str, Any], at: datetime) -> None:
    """Put answers into the draft, beside those it has."""
    draft.answers = {**draft.answers, **answers}
    draft.updated_at = at
    draft.save(update_fields=["answers", "updated_at"])


def attach_to_draft(*, draft: RequestDraft, name: str, data: bytes) -> DraftFile:
    """Keep an upload with the draft. Raises InvalidInput for a file that is not allowed, or one too many."""
    if draft.files.count() >= MOST_FILES:
        raise InvalidInput(f"最多上传{MOST_FILES}个文件", "files")
    kind = checks.accept(name, data, max_bytes=settings.PORTAL_MAX_UPLOAD_MB * 1024 * 1024)
    with transaction.atomic():
        stored = store_bytes(data, media_type=kind.media_type)
        return DraftFile.objects.create(draft=draft, stored=stored, name=checks.clean_name(name))


def remove_draft_file(*, draft: RequestDraft, public_id: UUID) -> None:
    """Take a file out of the draft; nothing happens if it is not there."""
    draft.files.filter(public_id=public_id).delete()


def discard_draft(*, draft: RequestDraft) -> None:
    """Throw the draft away."""
    draft.delete()


def sweep_drafts(*, at: datetime) -> int:
    """Delete drafts that have outlived their time; gives how many."""
    old = RequestDraft.objects.filter(account__isnull=True, updated_at__lt=at - GUEST_KEEP)
    older = RequestDraft.objects.filter(
        updated_at__lt=at - timedelta(days=limit("disclosure.draft", on=timezone.localdate(at)).days)
    )
    count = 0
    for draft in (*old, *older):
        draft.delete()
        count += 1
    return count
