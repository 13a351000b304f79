"""The project's own files, as the house rules read them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "requests_app", "mailbox", "consultations", "notices")


@cache
def committed() -> tuple[Path, ...]:
    """Every committed file that is there, and every new one that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return tuple(sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file()))


def python_files(*tops: str) -> list[Path]:
    """Committed Python files under the named top folders, migrations left out."""
    return [
        path
        for path in committed()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in tops and "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    """Committed HTML templates."""
    return [path for path in committed() if path.suffix == ".html"]


def name(path: Path) -> str:
    """The path from the project's folder, for messages."""
    return str(path.relative_to(ROOT))
