"""The machine that is set up: its folders, its files, its programs; standard library only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent.parent.parent
USER = "portal"
PROXY = "www-data"


class Stop(SystemExit):
    """Ends the command with one sentence on standard error and exit code 1."""

    def __init__(self, sentence: str) -> None:
        print(f"\n{sentence}", file=sys.stderr, flush=True)
        super().__init__(1)


def say(text: str) -> None:
    """One line to the person at the terminal."""
    print(text, flush=True)


@dataclass
class Host:
    """Where everything is put: `root` is / on the machine itself, a folder for a trial or an image.

    `changed` names what was not yet as it should be; after a second run it is empty.
    """

    root: Path = Path("/")
    changed: list[str] = field(default_factory=list)

    @property
    def real(self) -> bool:
        """True on the machine itself: users, services and packages are touched here only."""
        return self.root == Path("/")

    def at(self, path: str) -> Path:
        """The place of an absolute path."""
        return self.root / path.lstrip("/")

    def note(self, what: str) -> None:
        """Something was brought to what it should be."""
        self.changed.append(what)
        say(f"    {what}")

    def folder(self, path: str, mode: int, user: str = USER, group: str = USER) -> Path:
        """A folder with that owner and mode."""
        place = self.at(path)
        if not place.is_dir():
            place.mkdir(parents=True, mode=mode)
            self.note(f"folder {path}")
        place.chmod(mode)
        self.own(place, user, group)
        return place

    def write(
        self, path: str, text: str, mode: int = 0o644, group: str = "root", *, keep: bool = False
    ) -> bool:
        """A file of root's with that content; with `keep`, one that is there stays. True if it was written."""
        place = self.at(path)
        if place.exists() and (keep or place.read_text(encoding="utf-8") == text):
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f".{place.name}.new")
        fresh.unlink(missing_ok=True)
        with open(
            fresh, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)
        ) as out:
            out.write(text)
        fresh.chmod(mode)
        self.own(fresh, "root", group)
        fresh.rename(place)
        self.note(path)
        return True

    def copy(self, source: str, path: str, mode: int = 0o644) -> bool:
        """A file of the release, as it is; True if it was written."""
        return self.write(path, (SOURCE / source).read_text(encoding="utf-8"), mode)

    def own(self, place: Path, user: str, group: str) -> None:
        """Give it to them, on the machine itself."""
        if self.real and os.geteuid() == 0:
            shutil.chown(place, user, group)

    def has_user(self, name: str) -> bool:
        """Whether there is that user."""
        try:
            pwd.getpwnam(name)
        except KeyError:
            return False
        return True


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    only: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    text: str | None = None,
    failure: str = "",
    **more: Any,
) -> str:
    """What the program printed; `env` is added to the environment, `only` is all of it.

    Raises Stop with its last words if it fails.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=dict(only) if only is not None else {**os.environ, **(env or {})},
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **more,
        )
    except FileNotFoundError as error:
        raise Stop(f"{words[0]} is not installed. {failure}") from error
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise Stop(f"{tail}\n{failure or 'This command failed: ' + ' '.join(words[:4])}")
    return done.stdout
