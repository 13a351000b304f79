"""What the scripts say and how they start programs; standard library only."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


class Stop(SystemExit):
    """Ends the script with one sentence on standard error and exit code 1."""

    def __init__(self, sentence: str) -> None:
        print(f"\n{sentence}", file=sys.stderr, flush=True)
        super().__init__(1)


def say(text: str) -> None:
    """One line to the person at the terminal."""
    print(text, flush=True)


def variable_directory() -> Path:
    """The directory of data and stamps: PORTAL_VAR_DIR or var/."""
    return Path(os.environ.get("PORTAL_VAR_DIR") or ROOT / "var")


def call(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    tries: int = 1,
    quiet: bool = True,
    failure: str = "",
) -> None:
    """Run a program in the project's folder; when `quiet`, its output is shown only if it fails.

    `tries` > 1 repeats after a pause, for downloads. Raises Stop with `failure` and the last lines of output.
    """
    words = [str(word) for word in command]
    for attempt in range(1, tries + 1):
        done = subprocess.run(
            words,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if quiet else None,
            stderr=subprocess.STDOUT if quiet else None,
            text=True,
            errors="replace",
        )
        if done.returncode == 0:
            return
        if attempt < tries:
            say(f"    failed, trying again: {words[0]}")
            time.sleep(5)
    tail = "\n".join((done.stdout or "").splitlines()[-25:])
    raise Stop(f"{tail}\n{failure or 'This command failed: ' + ' '.join(words)}")


def can_install() -> bool:
    """True if this is root on a Debian family system: system packages may be installed."""
    return os.geteuid() == 0 and platform.system() == "Linux" and shutil.which("apt-get") is not None


def install_packages(*packages: str) -> None:
    """Install system packages, quietly, trying twice. Raises Stop."""
    say(f"    apt-get install {' '.join(packages)}")
    quiet_env = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "l"}
    call(["apt-get", "update", "-q"], env=quiet_env, tries=2, failure="apt-get update failed.")
    call(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
        env=quiet_env,
        tries=2,
        failure=f"System packages could not be installed: {' '.join(packages)}",
    )
