"""Bytes on disk: sealed with AES-256-GCM, written to a temporary name, synced, then renamed."""

from __future__ import annotations

import hashlib
import os
import secrets
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


def path_of(sha256: str) -> Path:
    """Where the bytes of that digest lie."""
    return Path(settings.PORTAL_FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def write(data: bytes) -> str:
    """Put bytes away and give their SHA-256; the same bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    nonce = os.urandom(12)
    sealed = MAGIC + nonce + _cipher().encrypt(nonce, data, sha256.encode())
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    with temporary.open("wb") as handle:
        handle.write(sealed)
        handle.flush()
        os.fsync(handle.fileno())
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


def remove(sha256: str) -> None:
    """Take the bytes of that digest off the disk; nothing happens if they are not there."""
    path_of(sha256).unlink(missing_ok=True)
