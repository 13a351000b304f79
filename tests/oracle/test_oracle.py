"""The product beside a second understanding of the rules: walked at random, whatever differs is told with its trace.

ORACLE_MINUTES lets Hypothesis walk for so long on seeds of its own (`make oracle MINUTES=60`, ORACLE_SEED the same again), else the walks are the
same at every run, on every machine, day and hash seed: the digest of their traces is printed.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.oracle.driver.known import known
from tests.oracle.driver.machine import Findings, Machine, fixed, shortest
from tests.oracle.product import Cast

SHRINKING = float(os.environ.get("ORACLE_SHRINKING", "60"))  # seconds
STEPS_A_WALK = 60
WALKS = {
    "sqlite": range(10),
    "postgresql": range(10, 14),
}  # the seeds in the suite; long walks belong to make oracle


def _walks(number: int, at: int) -> None:
    """So many walks of Hypothesis."""
    rules = settings(
        max_examples=number,
        stateful_step_count=STEPS_A_WALK,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(at)(type("Seeded", (Machine,), {})), settings=rules)


def _stories(cast: Cast, findings: Findings) -> dict[str, str]:
    """Each sort of difference with its shortest trace."""
    told: dict[str, str] = {}
    began = time.monotonic()
    for key, (start, steps, story) in sorted(findings.first.items()):
        told[key] = story
        if known(key) or time.monotonic() - began > SHRINKING:
            continue
        walk = shortest(cast, start, steps, key)
        found = [difference for difference, _ in walk.found if difference.key == key] if walk else []
        if walk is not None and found:
            told[key] = walk.story(found[0])
    return told


def _report(findings: Findings, stories: dict[str, str], seconds: float) -> None:
    rate = findings.steps / max(seconds, 1) * 60
    lines = [
        f"{findings.walks} walks, {findings.steps} compared steps ({findings.accepted} taken) in {seconds:.0f} s: "
        f"{rate:.0f} a minute; traces {findings.traces.hexdigest()[:16]}"
    ]
    for key, story in stories.items():
        word = f"KNOWN ({known(key)})" if known(key) else "DIFFERENCE"
        lines.append(f"\n=== {word}, {findings.count[key]} times: {story}")
        if known(key):
            warnings.warn(f"known and not mended: {key} ({known(key)})", stacklevel=2)
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    folder = os.environ.get("ORACLE_REPORT")
    if folder:
        facts = {
            "steps": findings.steps,
            "seconds": seconds,
            "new": sorted(key for key in stories if not known(key)),
            "known": sorted(key for key in stories if known(key)),
            "stories": stories,
            "counts": dict(findings.count),
            "verbs": dict(findings.verbs),
        }
        name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (Path(folder) / f"{name}.json").write_text(
            json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8"
        )


@pytest.mark.slow
def test_product_and_rules_agree(db: None) -> None:
    cast, findings = Cast(), Findings()
    Machine.cast, Machine.findings = cast, findings
    minutes = float(os.environ.get("ORACLE_MINUTES", "0"))
    began = time.monotonic()
    if minutes:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        seeds = Random(f"{os.environ.get('ORACLE_SEED', time.time_ns())} {worker}")
        while time.monotonic() - began < minutes * 60:
            _walks(20, at=seeds.randrange(2**40))
    else:
        suite = WALKS[connection.vendor]
        begin = int(os.environ.get("ORACLE_SEED", suite.start))
        for number in range(begin, begin + int(os.environ.get("ORACLE_WALKS", len(suite)))):
            findings.gather(fixed(cast, f"request {number}", STEPS_A_WALK))
    seconds = time.monotonic() - began
    stories = _stories(cast, findings)
    _report(findings, stories, seconds)
    new = [story for key, story in stories.items() if not known(key)]
    assert not new, "\n\n".join(new)
