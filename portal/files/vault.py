"""Bytes on disk, or in an object store (bucket.py): sealed with AES-256-GCM, written to a temporary name, synced, then renamed.

A file begins with "PF2", the length of its key's id in one byte and the id; one that begins with "PF1" is of before that and
opens with whichever key of PORTAL_FIELD_KEYS fits, in whatever order they stand.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from portal.files import bucket
from portal.privacy.crypto import key_ring, keys_for, newest

MAGIC = b"PF2"
WITHOUT_KID = b"PF1"
PURPOSE = "files"


class FileDamaged(OSError):
    """The stored bytes are missing or do not match their digest."""


def _seal(data: bytes, sha256: str) -> bytes:
    ring = key_ring(PURPOSE)
    kid = newest(ring)
    nonce = os.urandom(12)
    return _head(kid) + nonce + AESGCM(ring[kid]).encrypt(nonce, data, sha256.encode())


def _head(kid: str) -> bytes:
    name = kid.encode()
    return MAGIC + bytes([len(name)]) + name


def _open(sealed: bytes, sha256: str) -> bytes:
    """The bytes; InvalidTag if no key of ours opens them."""
    if sealed.startswith(MAGIC):
        end = 4 + sealed[3]
        keys, body = keys_for(PURPOSE, sealed[4:end].decode(errors="replace")), sealed[end:]
    else:
        keys, body = keys_for(PURPOSE), sealed[len(WITHOUT_KID) :]
    for key in keys:
        with suppress(InvalidTag):
            return AESGCM(key).decrypt(body[:12], body[12:], sha256.encode())
    raise InvalidTag


def ground() -> Path:
    """The folder on whose disk files lie or will lie: the store's own, or the nearest above it that is there."""
    folder = Path(settings.VAR_DIR if bucket.in_use() else settings.PORTAL_FILES_DIR)
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
    if bucket.in_use():
        return bucket.find(sha256) is not None
    return path_of(sha256).is_file()


def write(data: bytes) -> str:
    """Put bytes away and give their SHA-256; the same bytes are kept once, and are as young as their last coming.

    Bytes that are here already are sealed and written all the same, and thrown away: whoever hands a file in must not
    learn from the time it takes whether the office holds it.
    """
    sha256 = name_of(data)
    if bucket.in_use():
        bucket.put(sha256, _seal(data, sha256))
        return sha256
    path = path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = _written_beside(path, _seal(data, sha256))
    if _touched(path):
        temporary.unlink()
    else:
        temporary.rename(path)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of that digest; FileDamaged if they cannot be had unaltered, bucket.StoreAway if nobody can say."""
    try:
        data = _open(sealed_bytes(sha256), sha256)
    except bucket.StoreAway:
        raise
    except (OSError, InvalidTag, ValueError, IndexError) as error:
        raise FileDamaged(f"stored file {sha256[:12]} is missing or damaged") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileDamaged(f"stored file {sha256[:12]} does not match its digest")
    return data


def sealed_bytes(sha256: str) -> bytes:
    """As they are kept. Raises FileNotFoundError, bucket.StoreAway."""
    return bucket.get(sha256) if bucket.in_use() else path_of(sha256).read_bytes()


def _written_beside(path: Path, sealed: bytes) -> Path:
    """Under another name in the same folder, synced; nothing is left behind if the disk is full."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("wb") as handle:
            handle.write(sealed)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def seal_again(sha256: str) -> bool:
    """Seal a stored file with the newest key; False if it is already. Its age stays. FileDamaged if it does not open."""
    if bucket.in_use():
        return _seal_again_there(sha256)
    path = path_of(sha256)
    try:
        with path.open("rb") as handle:
            if handle.read(64).startswith(_head(newest(key_ring(PURPOSE)))):
                return False
        was = path.stat()
    except OSError as error:
        raise FileDamaged(f"stored file {sha256[:12]} is missing") from error
    temporary = _written_beside(path, _seal(read(sha256), sha256))
    os.utime(temporary, (was.st_atime, was.st_mtime))
    temporary.rename(path)
    return True


def _seal_again_there(sha256: str) -> bool:
    try:
        sealed = bucket.get(sha256)
    except FileNotFoundError as error:
        raise FileDamaged(f"stored file {sha256[:12]} is missing") from error
    if sealed.startswith(_head(newest(key_ring(PURPOSE)))):
        return False
    bucket.put(sha256, _seal(read(sha256), sha256))
    return True


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
    if bucket.in_use():
        return _remove_there(sha256, before)
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


def _remove_there(sha256: str, before: float | None) -> bool:
    found = bucket.find(sha256)
    if found is None or (before is not None and found.at >= before):
        return False
    bucket.delete(sha256)
    return True


def old_files(before: float) -> Iterator[tuple[str, list[Path]]]:
    """What has lain untouched since before that moment, by the two first signs of its name."""
    if bucket.in_use():
        old = (kept for kept in bucket.everything() if kept.at < before)
        for prefix, rows in groupby(old, key=lambda kept: kept.sha256[:2]):
            yield prefix, [Path(kept.sha256) for kept in rows]
        return
    for folder in sorted(Path(settings.PORTAL_FILES_DIR).glob("??")):
        found = [path for path in folder.glob("??/*") if path.is_file() and path.stat().st_mtime < before]
        if found:
            yield folder.name, found
