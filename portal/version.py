"""Which release this is. The number is raised with every release, and the tag vNUMBER is put on its commit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

NUMBER = "1.0.0"
# Written by deploy/install beside manage.py: the commit that was installed.
COMMIT_FILE = Path(__file__).resolve().parent.parent / "RELEASE"


@cache
def release() -> str:
    """The number, with the commit where one is known: "1.0.0 (19a399c)"."""
    try:
        commit = COMMIT_FILE.read_text(encoding="utf-8").strip()
    except OSError:
        commit = ""
    return f"{NUMBER} ({commit})" if commit else NUMBER
