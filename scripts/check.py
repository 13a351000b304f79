"""Every check that needs no test run; each prints one line, and its output only when it fails."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from committed import findings
from terminal import PYTHON, ROOT, VENV, say

TOOLS = VENV / "bin"
TEST = {"PORTAL_ENV": "test"}


def production(folder: str) -> dict[str, str]:
    """An environment like production's, with secrets made for this run."""
    names = ("PORTAL_SECRET_KEY", "PORTAL_FIELD_KEYS", "PORTAL_INDEX_KEY", "PORTAL_ANCHOR_KEY")
    return {name: secrets.token_urlsafe(48) for name in names} | {
        "PORTAL_ENV": "production",
        "PORTAL_VAR_DIR": folder,
        "PORTAL_ALLOWED_HOSTS": "portal.example",
        "PORTAL_SITE_URL": "https://portal.example",
        "PORTAL_TRUSTED_ORIGINS": "https://portal.example",
        "PORTAL_CLAMD": f"unix:{folder}/clamd.sock",
        "PORTAL_SMS_GATEWAY": "portal.messaging.sms.HttpGateway",
        "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3",
    }


def checks(folder: str) -> list[tuple[str, list[str], dict[str, str]]]:
    """Name, command and environment of each check."""
    manage = [str(PYTHON), "manage.py"]
    return [
        ("format", [str(TOOLS / "ruff"), "format", "--check", "."], {}),
        ("lint", [str(TOOLS / "ruff"), "check", "."], {}),
        # our package mailbox must come before the standard library's module of that name
        ("types", [str(TOOLS / "mypy")], {**TEST, "PYTHONPATH": str(ROOT)}),
        ("import contracts", [str(TOOLS / "lint-imports")], TEST),
        ("templates", [str(TOOLS / "djlint"), "--lint", "--quiet", "templates"], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], TEST),
        ("system check", [*manage, "check", "--fail-level", "WARNING"], TEST),
        ("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production(folder)),
    ]


def main() -> int:
    """Run all checks; 1 if any failed."""
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="portal-check-") as folder:
        for name, command, env in checks(folder):
            started = time.monotonic()
            done = subprocess.run(
                command,
                cwd=ROOT,
                env={**os.environ, **env},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
            )
            verdict = "ok" if done.returncode == 0 else "FAILED"
            say(f"{name:<18} {verdict}  ({time.monotonic() - started:.0f} s)")
            if done.returncode:
                failed.append(name)
                say((done.stdout + done.stderr).strip()[-6000:])
    problems = findings()
    say(f"{'committed files':<18} {'FAILED' if problems else 'ok'}")
    for problem in problems:
        say(f"  {problem}")
    if problems:
        failed.append("committed files")
    say(f"make check: {'failed: ' + ', '.join(failed) if failed else 'all passed'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
