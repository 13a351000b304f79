"""Bytes on disk: sealed with AES-256-GCM, written to a temporary name, synced, then renamed."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MAGIC = b"PF1"


class FileDamaged(OSError):
    """The stored bytes are missing or do not match their digest."""


def _cipher() -> AESGCM:
    secret = settings.PORTAL_FIELD_KEYS.split(",")[0].strip().rpartition(":")[2]
    return AESGCM(hashlib.sha256(b"files\n" + secret.encode()).digest())


def ground() -> Path:
    """The folder on whose disk files lie or will lie: the store's own, or the nearest above it that is there."""
    folder = Path(settings.PORTAL_FILES_DIR)
    while not folder.exists():
        folder = folder.parent
    return folder


def path_of(sha256: str) -> Path:
    """Where the bytes of that digest lie."""
    return Path(settings.PORTAL_FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def name_of(data: bytes) -> str:
    """The SHA-256 under which these bytes lie."""
    return hashlib.sha256(data).hexdigest()


def holds(sha256: str) -> bool:
    """True if bytes of that digest lie here."""
    return path_of(sha256).is_file()


def write(data: bytes) -> str:
    """Put bytes away and give their SHA-256; the same bytes are kept once, and are as young as their last coming.

    Bytes that are here already are sealed and written all the same, and thrown away: whoever hands a file in must not
    learn from the time it takes whether the office holds it.
    """
    sha256 = name_of(data)
    path = path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    nonce = os.urandom(12)
    sealed = MAGIC + nonce + _cipher().encrypt(nonce, data, sha256.encode())
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    with temporary.open("wb") as handle:
        handle.write(sealed)
        handle.flush()
        os.fsync(handle.fileno())
    if _touched(path):
        temporary.unlink()
    else:
        temporary.rename(path)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of that digest; FileDamaged if they cannot be had unaltered."""
    try:
        sealed = path_of(sha256).read_bytes()
        data = _cipher().decrypt(sealed[3:15], sealed[15:], sha256.encode())
    except (OSError, InvalidTag) as error:
        raise FileDamaged(f"stored file {sha256[:12]} is missing or damaged") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileDamaged(f"stored file {sha256[:12]} does not match its digest")
    return data


def _touched(path: Path) -> bool:
    """Say that the bytes are needed from now on; False if they are not there."""
    now = time.time()  # a file system's own idea of now may lie some milliseconds behind
    try:
        os.utime(path, (now, now))
    except FileNotFoundError:
        return False
    return True


def remove(sha256: str, *, before: float | None = None) -> bool:
    """Take the bytes of that digest off the disk; True if they are gone now and were there.

    With `before` (seconds since 1970) they stay if they came, or came again, at that moment or later. They are moved aside
    before they are looked at: whoever puts them away meanwhile writes them anew.
    """
    path = path_of(sha256)
    aside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return False
    if before is not None and aside.stat().st_mtime >= before and not path.exists():
        aside.rename(path)
        return False
    aside.unlink()
    return True


def old_files(before: float) -> Iterator[tuple[str, list[Path]]]:
    """What has lain untouched since before that moment, by the two first signs of its name."""
    for folder in sorted(Path(settings.PORTAL_FILES_DIR).glob("??")):
        found = [path for path in folder.glob("??/*") if path.is_file() and path.stat().st_mtime < before]
        if found:
            yield folder.name, found
