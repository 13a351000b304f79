"""Stored files in an object store: sealed there, swept there, backed up from there; a store that is away costs a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.backup.making import make_backup
from portal.backup.restoring import _restore_files
from portal.files import actions, bucket, vault
from portal.files.models import StoredFile
from portal.site.errors import is_away
from tests.object_stores import SmallStore, small_store

pytestmark = pytest.mark.django_db
WORDS = "身份证复印件".encode() * 50


@pytest.fixture
def store(settings: Any) -> Iterator[SmallStore]:
    """The small store, in use."""
    with small_store() as server:
        settings.PORTAL_S3_BUCKET, settings.PORTAL_S3_ENDPOINT = "portal", server.url
        settings.PORTAL_S3_KEY, settings.PORTAL_S3_SECRET = "key", "secret"
        yield server


@pytest.fixture
def any_store(settings: Any) -> Iterator[SmallStore | None]:
    """The small store, or the one that `make drill NAMES=objects` has started (OpenStack Swift)."""
    address = os.environ.get("PORTAL_TEST_S3", "")
    if not address:
        with small_store() as server:
            settings.PORTAL_S3_BUCKET, settings.PORTAL_S3_ENDPOINT = "portal", server.url
            settings.PORTAL_S3_KEY, settings.PORTAL_S3_SECRET = "key", "secret"
            yield server
        return
    settings.PORTAL_S3_BUCKET, settings.PORTAL_S3_ENDPOINT = "portal", address
    settings.PORTAL_S3_KEY, settings.PORTAL_S3_SECRET = "test:tester", "testing"
    yield None
    for kept in bucket.everything():
        bucket.delete(kept.sha256)


def test_file_comes_back_whole_and_lies_sealed(any_store: SmallStore | None) -> None:
    stored = actions.store_bytes(WORDS, media_type="application/pdf")
    assert StoredFile.objects.get().read() == WORDS
    sealed = bucket.get(stored.sha256)
    assert (WORDS not in sealed, sealed.startswith(vault.MAGIC), vault.holds(stored.sha256)) == (
        True,
        True,
        True,
    )
    assert not vault.path_of(stored.sha256).exists()
    assert vault.holds("0" * 64) is False
    with pytest.raises(vault.FileDamaged):
        vault.read("0" * 64)


def test_altered_object_is_damage(any_store: SmallStore | None) -> None:
    stored = actions.store_bytes(WORDS, media_type="application/pdf")
    bucket.put(stored.sha256, b"PF1 something else that is no file of ours")
    with pytest.raises(vault.FileDamaged):
        vault.read(stored.sha256)


def test_what_nobody_needs_is_swept_and_what_comes_again_stays(any_store: SmallStore | None) -> None:
    old = actions.store_bytes(b"abandoned", media_type="text/plain")
    dust = vault.write(b"rolled back")
    assert actions.sweep_unused(at=timezone.now()) == 0
    later = timezone.now() + timedelta(days=1, minutes=1)
    assert actions.sweep_unused(at=later) == 2
    assert (vault.holds(old.sha256), vault.holds(dust)) == (False, False)


def test_newer_key_seals_it_anew(any_store: SmallStore | None, settings: Any) -> None:
    stored = actions.store_bytes(WORDS, media_type="application/pdf")
    settings.PORTAL_FIELD_KEYS = f"{settings.PORTAL_FIELD_KEYS},k2:{'n' * 40}"
    assert (vault.seal_again(stored.sha256), vault.seal_again(stored.sha256)) == (True, False)
    assert vault.read(stored.sha256) == WORDS


def test_backup_takes_files_from_the_store_and_brings_them_back(
    any_store: SmallStore | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.unit.test_backup_making import Dumping

    engine = Dumping()
    monkeypatch.setattr("portal.backup.making.engine", lambda: engine)
    monkeypatch.setattr("portal.backup.checking.ENGINES", {"sqlite": engine, "postgresql": engine})
    first, second = vault.write(b"one"), vault.write(b"two")
    now = timezone.now() + timedelta(hours=1)
    made = make_backup(tmp_path / "b", at=now, keep=3)
    assert made.manifest.summary()["files"] == 2
    again = make_backup(tmp_path / "b", at=now + timedelta(hours=1), keep=3)
    name = f"files/{first[:2]}/{first[2:4]}/{first}"
    assert os.path.samefile(made.folder / name, again.folder / name)
    bucket.delete(first)
    bucket.put(second, b"rotten")
    assert _restore_files(again.folder, again.manifest) == 2
    assert (vault.read(first), vault.read(second)) == (b"one", b"two")
    assert _restore_files(again.folder, again.manifest) == 0


@pytest.mark.parametrize("fault", ["broken", "refusing"])
def test_store_that_is_away_is_no_damage_but_a_sentence(store: SmallStore, fault: str) -> None:
    stored = actions.store_bytes(WORDS, media_type="application/pdf")
    store.fault = fault
    with pytest.raises(bucket.StoreAway) as caught:
        vault.read(stored.sha256)
    assert is_away(caught.value)
    with pytest.raises(bucket.StoreAway):
        actions.store_bytes(b"new", media_type="text/plain")
    assert Client().get("/readyz").json()["wrong"] == ["files_writable"]
    store.fault = ""
    assert vault.read(stored.sha256) == WORDS
    assert not StoredFile.objects.filter(sha256=vault.name_of(b"new")).exists(), "nothing half kept"


@pytest.mark.slow
def test_slow_store_is_given_up_in_bounded_time(store: SmallStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tries of four seconds at most (one of one second here): not waited for, where the store takes six to answer."""
    monkeypatch.setattr(bucket, "READ_SECONDS", 1)
    monkeypatch.setattr(bucket, "TRIES", 1)
    bucket._storage.cache_clear()
    stored = actions.store_bytes(WORDS, media_type="application/pdf")
    store.fault = "slow"
    before = len(store.asked)
    with pytest.raises(bucket.StoreAway, match="ReadTimeoutError"):
        vault.read(stored.sha256)
    assert len(store.asked) - before == 1
    bucket._storage.cache_clear()
