"""Putting bytes away."""

from __future__ import annotations

from portal.files import vault
from portal.files.models import StoredFile


def store_bytes(data: bytes, *, media_type: str) -> StoredFile:
    """The stored file for these bytes; the same bytes give the same row."""
    sha256 = vault.write(data)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": len(data), "media_type": media_type}
    )
    return stored
