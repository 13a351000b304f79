"""A backup leaves the machine sealed: this machine cannot open it, and what was altered is not unpacked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """A program with what it said."""
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A folder with a pair of keys, a backup and its sealed file."""
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", private)
    run("openssl", "pkey", "-in", private, "-pubout", "-out", public)
    backup = tmp_path / "portal-20260301T100000"
    (backup / "files").mkdir(parents=True)
    (backup / "manifest.json").write_text("{}")
    (backup / "files" / "x").write_bytes(b"a stored file" * 1000)
    done = run(ROOT / "deploy/backup-away", backup, tmp_path / "out.tar.enc", public)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_sealed_backup_opens_with_the_private_key_alone(sealed: Path) -> None:
    assert b"a stored file" not in (sealed / "out.tar.enc").read_bytes()
    done = run(ROOT / "deploy/backup-open", sealed / "out.tar.enc", sealed / "private.pem", sealed / "opened")
    assert (done.returncode, done.stdout) == (0, "portal-20260301T100000\n"), done.stderr
    assert (sealed / "opened/portal-20260301T100000/files/x").read_bytes() == b"a stored file" * 1000
    run(
        "openssl",
        "genpkey",
        "-algorithm",
        "RSA",
        "-pkeyopt",
        "rsa_keygen_bits:2048",
        "-out",
        sealed / "other.pem",
    )
    wrong = run(ROOT / "deploy/backup-open", sealed / "out.tar.enc", sealed / "other.pem", sealed / "none")
    assert (wrong.returncode, (sealed / "none").exists()) == (1, False)


def test_altered_file_is_not_unpacked(sealed: Path) -> None:
    data = bytearray((sealed / "out.tar.enc").read_bytes())
    data[-15000] ^= 1
    (sealed / "out.tar.enc").write_bytes(data)
    done = run(ROOT / "deploy/backup-open", sealed / "out.tar.enc", sealed / "private.pem", sealed / "opened")
    assert (done.returncode, "was altered" in done.stderr, (sealed / "opened").exists()) == (1, True, False)


def test_folder_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    done = run(ROOT / "deploy/backup-away", tmp_path, tmp_path / "out", tmp_path / "public.pem")
    assert (done.returncode, "is no backup" in done.stderr) == (1, True)
