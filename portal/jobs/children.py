"""What every child process has in common that reads what strangers made: an interpreter, no secret, limits, one answer."""

from __future__ import annotations

import os
import resource
from typing import BinaryIO

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


def bare_environment() -> dict[str, str]:
    """The few variables that a child needs; keys, passwords and addresses stay with the parent."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


def bound(memory: int, cpu_seconds: int = 0) -> None:
    """Called in the child: so many bytes of memory, so many seconds of processor time (0: as the child says later)."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if cpu_seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answers() -> BinaryIO:
    """Called in the child: where its answers go; whatever a library prints goes to standard error from now on."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out
