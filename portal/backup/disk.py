"""Files that survive a power cut: hashed while copied, synced, linked where nothing changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

CHUNK = 1024 * 1024


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size in bytes of a file as it lies on disk."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as handle:
        while block := handle.read(CHUNK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy and sync a file that only its owner may read; gives SHA-256 and size of what was written."""
    digest = hashlib.sha256()
    size = 0
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with source.open("rb") as reader, open(target, "xb", opener=_private) as writer:
        while block := reader.read(CHUNK):
            writer.write(block)
            digest.update(block)
            size += len(block)
        writer.flush()
        os.fsync(writer.fileno())
    return digest.hexdigest(), size


def write(target: Path, data: bytes) -> tuple[str, int]:
    """Write and sync bytes that only their owner may read; gives SHA-256 and size."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(target, "xb", opener=_private) as writer:
        writer.write(data)
        writer.flush()
        os.fsync(writer.fileno())
    return hashlib.sha256(data).hexdigest(), len(data)


def write_text(target: Path, content: str) -> None:
    """Write and sync a text that only its owner may read."""
    with open(target, "x", encoding="utf-8", opener=_private) as writer:
        writer.write(content)
        writer.flush()
        os.fsync(writer.fileno())


def sync_file(path: Path) -> None:
    """Force a file's or folder's content out to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Force the entries of a folder and of every folder in it out to the disk."""
    for place, _, _ in os.walk(folder):
        sync_file(Path(place))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
