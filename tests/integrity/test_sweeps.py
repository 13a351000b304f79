"""What nobody needs is swept out, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.files import vault
from portal.files.actions import store_bytes, sweep_unused
from portal.files.models import StoredFile
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import RequestDraft
from tests.factories.requests_app import submitted


def test_unused_file_is_swept_after_a_day_and_used_ones_stay(office: Unit) -> None:
    submitted(office)
    run_due()
    kept = StoredFile.objects.get()
    unused = store_bytes(b"left behind", media_type="text/plain")
    now = timezone.now()
    assert sweep_unused(at=now + timedelta(hours=23)) == 0
    assert sweep_unused(at=now + timedelta(hours=25)) == 1
    assert list(StoredFile.objects.all()) == [kept]
    assert kept.read().startswith(b"%PDF-")
    with pytest.raises(vault.FileDamaged):
        vault.read(unused.sha256)


def test_drafts_are_swept_by_age(db: None) -> None:
    now = timezone.now()
    fresh = actions.start_draft(account_id=None, at=now)
    actions.start_draft(account_id=None, at=now - timedelta(hours=25))
    assert actions.sweep_drafts(at=now) == 1
    assert list(RequestDraft.objects.all()) == [fresh]


def test_altered_bytes_are_noticed(db: None) -> None:
    stored = store_bytes(b"as it was", media_type="text/plain")
    path = vault.path_of(stored.sha256)
    sealed = bytearray(path.read_bytes())
    sealed[-1] ^= 1
    path.write_bytes(bytes(sealed))
    with pytest.raises(vault.FileDamaged):
        stored.read()
