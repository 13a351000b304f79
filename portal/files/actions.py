"""Putting bytes away, and sweeping out what nobody needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from portal.files import vault
from portal.files.models import StoredFile

UNUSED_FOR = timedelta(days=1)


def store_bytes(data: bytes, *, media_type: str) -> StoredFile:
    """The stored file for these bytes; the same bytes give the same row."""
    sha256 = vault.write(data)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": len(data), "media_type": media_type}
    )
    return stored


def sweep_unused(*, at: datetime) -> int:
    """Remove stored files that nothing has pointed at for a day (uploads of abandoned drafts); gives how many.

    The row goes first: a row whose bytes are gone would be damage, bytes without a row are only dust.
    """
    unused = StoredFile.objects.filter(stored_at__lt=at - UNUSED_FOR)
    pointers: Any = StoredFile._meta.get_fields(include_hidden=True)
    for relation in (field for field in pointers if field.auto_created and not field.concrete):
        pointing = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        unused = unused.filter(~Exists(pointing))
    removed = 0
    for stored in unused:
        sha256 = stored.sha256
        stored.delete()
        vault.remove(sha256)
        removed += 1
    return removed
