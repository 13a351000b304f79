"""Putting bytes away, and sweeping out what nobody needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from portal.files import bucket, vault
from portal.files.models import StoredFile

UNUSED_FOR = timedelta(days=1)
TRIES = 5
LOCK = 720_411  # of files in an object store, with a part of the digest


def store_bytes(data: bytes, *, media_type: str) -> StoredFile:
    """The stored file for these bytes; the same bytes give the same row.

    Row and bytes have both been seen before this returns: the sweep may run at the same time and take away what was there
    before. Raises vault.FileDamaged if they cannot be kept.
    """
    if not bucket.in_use():
        return _stored(data, media_type)
    with transaction.atomic():
        _needs(vault.name_of(data))
        return _stored(data, media_type)


def _stored(data: bytes, media_type: str) -> StoredFile:
    sha256 = vault.name_of(data)
    for _ in range(TRIES):
        stored = _fresh_row(sha256, len(data), media_type)
        vault.write(data)
        if vault.holds(sha256) and StoredFile.objects.filter(pk=stored.pk).exists():
            return stored
    raise vault.FileDamaged(f"stored file {sha256[:12]} cannot be kept")


def _needs(sha256: str) -> None:
    """Until this transaction ends nobody sweeps these bytes out of an object store; others may need them as well."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", _lock(sha256))


def _sweep_there(sha256: str, before: float) -> bool:
    """Take the bytes out of an object store unless somebody needs them now; looked at again when nobody can come."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", _lock(sha256))
                if not cursor.fetchone()[0]:
                    return False
        if StoredFile.objects.filter(sha256=sha256).exists():
            return False
        return vault.remove(sha256, before=before)


def _remove(sha256: str, before: float) -> bool:
    return _sweep_there(sha256, before) if bucket.in_use() else vault.remove(sha256, before=before)


def _lock(sha256: str) -> list[int]:
    return [LOCK, int(sha256[:8], 16) - 2**31]


def _fresh_row(sha256: str, size: int, media_type: str) -> StoredFile:
    """The row, made or renewed: an old one that nothing points at could be swept out in the next moment."""
    stored, made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type}
    )
    if not made and timezone.now() - stored.stored_at > UNUSED_FOR / 2:
        StoredFile.objects.filter(pk=stored.pk).update(stored_at=Now())
    return stored


def sweep_unused(*, at: datetime) -> int:
    """Remove stored files that nothing has pointed at for a day (uploads of abandoned drafts), and bytes without a row
    (uploads whose transaction was rolled back); gives how many.

    The row goes first: a row whose bytes are gone would be damage, bytes without a row are only dust.
    """
    before = (at - UNUSED_FOR).timestamp()
    removed = 0
    for pk in list(_unused(at).values_list("pk", flat=True)):
        sha256 = _without_row(pk, at)
        if sha256:
            _remove(sha256, before)
            removed += 1
    return removed + _sweep_dust(before)


def _unused(at: datetime) -> QuerySet[StoredFile]:
    unused = StoredFile.objects.filter(stored_at__lt=at - UNUSED_FOR)
    pointers: Any = StoredFile._meta.get_fields(include_hidden=True)
    for relation in (field for field in pointers if field.auto_created and not field.concrete):
        pointing = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        unused = unused.filter(~Exists(pointing))
    return unused


@transaction.atomic
def _without_row(pk: int, at: datetime) -> str:
    """Delete the row if it is still unused, and give the name of its bytes; "" if somebody needs it or holds it."""
    StoredFile.objects.select_for_update().filter(pk=pk).first()
    stored = _unused(at).filter(pk=pk).first()
    if stored is None:
        return ""
    stored.delete()
    return stored.sha256


def _sweep_dust(before: float) -> int:
    removed = 0
    for prefix, paths in vault.old_files(before):
        known = set(StoredFile.objects.filter(sha256__startswith=prefix).values_list("sha256", flat=True))
        for path in paths:
            if path.name.startswith("."):
                path.unlink(missing_ok=True)
            elif path.name not in known:
                removed += _remove(path.name, before)
    return removed
