"""Steps that are done once: a stamp under var/stamps remembers the inputs that a step was done for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from terminal import ROOT, say, variable_directory


def fingerprint(inputs: Iterable[Path], *extra: str) -> str:
    """A digest of files' names and contents and of `extra`; folders count with all the files in them."""
    digest = hashlib.sha256()
    for text in extra:
        digest.update(text.encode() + b"\0")
    for path in _files(inputs):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(inputs: Iterable[Path]) -> Iterable[Path]:
    for path in inputs:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        elif path.is_file():
            yield path


def once(
    name: str,
    title: str,
    action: Callable[[], None],
    *,
    inputs: Iterable[Path] = (),
    extra: Iterable[str] = (),
    outputs: Iterable[Path] = (),
) -> bool:
    """Run `action` unless it was done for the same inputs and its outputs are there; True if it ran."""
    stamp = variable_directory() / "stamps" / name
    key = fingerprint(inputs, *extra)
    if stamp.is_file() and stamp.read_text() == key and all(path.exists() for path in outputs):
        return False
    say(f"==> {title}")
    action()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)
    return True
