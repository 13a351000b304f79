"""The directory of the index: one generation is in use, named by a file that is replaced at once.

A generation is filled under another name and taken into use whole, so that a killed writer leaves the one before in
place. One process of a machine writes at a time, under a lock that the kernel takes back from a dead process.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CURRENT, LOCK, GENERATION = "current", "writer.lock", "g-"


class Home:
    """One directory; nobody else keeps anything in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The generation in use; None without one."""
        try:
            name = (self.root / CURRENT).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        path = self.root / name
        return path if name.startswith(GENERATION) and path.is_dir() else None

    def fresh(self) -> Path:
        """A directory for a new generation."""
        path = self.root / f"{GENERATION}{secrets.token_hex(6)}"
        path.mkdir(parents=True)
        return path

    def use(self, path: Path) -> None:
        """Take a generation into use and remove the others; who reads one of them keeps its open files."""
        beside = self.root / f"{CURRENT}.{os.getpid()}"
        beside.write_text(path.name, encoding="ascii")
        os.replace(beside, self.root / CURRENT)
        self.prune()

    def drop(self) -> None:
        """Take the generation out of use."""
        (self.root / CURRENT).unlink(missing_ok=True)

    def prune(self) -> None:
        """Remove what is not in use; only the holder of the lock may."""
        kept = self.current()
        for path in self.root.glob(f"{GENERATION}*"):
            if path != kept:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[bool]:
        """Hold the writer's lock; False at once if another process has it, unless `wait`."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
