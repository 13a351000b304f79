"""What every child process is given that reads what strangers made: an interpreter, and no secret."""

from __future__ import annotations

import os

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


def bare_environment() -> dict[str, str]:
    """The few variables that a child needs; keys, passwords and addresses stay with the parent."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}
