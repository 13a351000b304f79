"""The strongroom: no acknowledged upload without its bytes, no bytes that nobody owns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from portal.files import vault
from portal.files.actions import store_bytes, sweep_unused
from portal.files.models import StoredFile


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=3)])
def test_the_sweep_in_the_middle_of_an_upload_takes_nothing_of_it(
    db: None, monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    """An old upload that nothing points at comes again, and the hourly sweep runs between its bytes and its row."""
    old = store_bytes(b"a form", media_type="text/plain")
    StoredFile.objects.filter(pk=old.pk).update(stored_at=timezone.now() - timedelta(days=3))
    write, ran = vault.write, []

    def interrupted(data: bytes) -> str:
        found = write(data)
        if not ran:
            ran.append(sweep_unused(at=timezone.now() + ahead))
        return found

    monkeypatch.setattr(vault, "write", interrupted)
    stored = store_bytes(b"a form", media_type="text/plain")
    assert ran == [0 if not ahead else 1]
    assert stored.read() == b"a form"
    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_an_upload_that_was_rolled_back_is_swept_from_the_disk(db: None) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        sha256 = store_bytes(b"never acknowledged", media_type="text/plain").sha256
        raise RuntimeError
    kept = store_bytes(b"kept", media_type="text/plain")
    assert vault.holds(sha256) and not StoredFile.objects.filter(sha256=sha256).exists()
    now = timezone.now()
    assert sweep_unused(at=now + timedelta(hours=23)) == 0
    StoredFile.objects.filter(pk=kept.pk).update(stored_at=now + timedelta(days=2))
    assert sweep_unused(at=now + timedelta(hours=25)) == 1
    assert (vault.holds(sha256), kept.read()) == (False, b"kept")


def test_bytes_that_come_again_while_they_are_swept_stay(db: None, monkeypatch: Any) -> None:
    sha256 = vault.write(b"dust")
    before = timezone.now().timestamp()
    vault.write(b"dust")
    assert vault.remove(sha256, before=before) is False
    assert vault.read(sha256) == b"dust"
    assert vault.remove(sha256) is True
    assert vault.remove(sha256) is False
