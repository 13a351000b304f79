"""Stored files, sealed anew."""

from __future__ import annotations

from collections.abc import Iterator

from portal.files import vault
from portal.files.models import StoredFile
from portal.privacy.rotation import Done, declare


def _files(done: Done) -> Iterator[None]:
    for sha256 in StoredFile.objects.order_by("pk").values_list("sha256", flat=True).iterator():
        try:
            done.again += vault.seal_again(sha256)
        except vault.FileDamaged:
            done.broken += 1
        yield


declare("文件", _files)
