"""Run the suite on SQLite, on PostgreSQL and in Chromium; the last lines say what ran and what did not.

Without arguments all stages; or name some of: sqlite postgresql browser screenshots. Exit code 0 only if every stage
that could run passed; a stage that cannot run here is named loudly and does not fail the run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parent))

import browser
import judges
from postgres import PostgresMissing, temporary_postgres
from terminal import PYTHON, ROOT, say, variable_directory

STAGES = ("sqlite", "postgresql", "browser")
NO_TESTS = 5
# The tests start hundreds of processes: each would compile every module anew if none may keep its byte code.
NOT_PASSED_ON = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Outcome:
    """What one stage did; `not_run` gives the reason if it did nothing."""

    stage: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    code: int = 0
    not_run: str = ""


def main() -> int:
    """Run the stages named on the command line; gives the exit code."""
    names = sys.argv[1:] or list(STAGES)
    outcomes = [run_stage(name) for name in names]
    report(outcomes, asked=names)
    return 1 if any(outcome.code for outcome in outcomes) else 0


def run_stage(name: str) -> Outcome:
    """One stage by its name."""
    say(f"\n==> Tests: {name}")
    if name == "sqlite":
        return pytest(name, ["-n", "2", "--dist", "loadfile", "-m", "not browser"])
    if name == "postgresql":
        try:
            with temporary_postgres() as url:
                return pytest(
                    name, ["-n", "2", "--dist", "loadfile", "-m", "not browser"], {"DATABASE_URL": url}
                )
        except PostgresMissing as error:
            return Outcome(name, not_run=str(error))
    if name in ("browser", "screenshots"):
        program, reason = browser.ensure()
        if program is None:
            return Outcome(name, not_run=reason)
        env = {"PORTAL_CHROMIUM": program, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
        if name == "screenshots":
            env["PORTAL_SCREENSHOTS"] = str(variable_directory() / "screenshots")
        return pytest(name, ["-m", "browser"], env)
    raise SystemExit(f"No such stage: {name}; there are {', '.join(STAGES)}, screenshots.")


def pytest(stage: str, arguments: list[str], env: dict[str, str] | None = None) -> Outcome:
    """Run pytest in the test environment and read its results file."""
    results = variable_directory() / "test" / f"{stage}.xml"
    results.parent.mkdir(parents=True, exist_ok=True)
    results.unlink(missing_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    environment |= {"PORTAL_ENV": "test", "DJANGO_SETTINGS_MODULE": "portal.settings", **(env or {})}
    started = time.monotonic()
    code = subprocess.run(
        [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={results}", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
    ).returncode
    seconds = time.monotonic() - started
    if code == NO_TESTS:
        return Outcome(stage, seconds=seconds, not_run="no test of this kind exists")
    return counted(stage, results, seconds, code)


def counted(stage: str, results: Path, seconds: float, code: int) -> Outcome:
    """The outcome from pytest's results file; a run without one failed."""
    if not results.exists():
        return Outcome(stage, failed=1, seconds=seconds, code=code or 1)
    total = failed = skipped = 0
    for suite in ET.parse(results).getroot().iter("testsuite"):
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return Outcome(stage, max(total - failed - skipped, 0), failed, skipped, seconds, code)


def report(outcomes: list[Outcome], *, asked: list[str]) -> None:
    """One line a stage, one line of what was not run, one closing line of counts."""
    say("\n==> Summary")
    for outcome in outcomes:
        if outcome.not_run:
            say(f"{outcome.stage:<12} NOT RUN: {outcome.not_run}")
        else:
            word = "ok" if outcome.code == 0 else "FAILED"
            say(
                f"{outcome.stage:<12} {word}: {outcome.passed} passed, {outcome.failed} failed, "
                f"{outcome.skipped} skipped in {outcome.seconds:.0f} s"
            )
    missing = [f"{outcome.stage} ({outcome.not_run})" for outcome in outcomes if outcome.not_run]
    missing += [f"papers before {package}" for package in judges.absent()]
    missing += [f"{stage} (not asked for)" for stage in STAGES if stage not in asked]
    say(f"Not run: {'; '.join(missing) if missing else 'nothing, every stage ran'}")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    say(f"{passed} passed, {failed} failed, {skipped} skipped")


if __name__ == "__main__":
    sys.exit(main())
