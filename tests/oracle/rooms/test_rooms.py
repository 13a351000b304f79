"""Each room beside a second understanding of the rules. ORACLE_MINUTES walks on seeds of its own, else the same walks at every run."""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from tests.oracle.rooms.consultations.room import CONSULTATIONS
from tests.oracle.rooms.frame import Findings, Room, at_random, shortest
from tests.oracle.rooms.hearings.room import HEARINGS
from tests.oracle.rooms.items.room import ITEMS
from tests.oracle.rooms.letters.room import LETTERS
from tests.oracle.rooms.orders.room import ORDERS
from tests.oracle.rooms.polls.room import POLLS

ROOMS = (LETTERS, ITEMS, CONSULTATIONS, POLLS, ORDERS, HEARINGS)
STEPS = {"sqlite": 80, "postgresql": 40}  # at least, in the suite; long walks belong to make oracle
FIRST = {"sqlite": 0, "postgresql": 1000}  # PostgreSQL walks elsewhere
SHRINKING = float(os.environ.get("ORACLE_SHRINKING", "60"))  # seconds


def _seeds(minutes: float) -> Iterator[str]:
    """The seeds to walk on."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not minutes:
        yield from map(str, count(int(os.environ.get("ORACLE_SEED", FIRST[connection.vendor]))))
    chance, began = Random(f"{os.environ.get('ORACLE_SEED', time.time_ns())} {worker}"), time.monotonic()
    for one in count():
        if time.monotonic() - began > minutes * 60:
            return
        yield f"{chance.randrange(2**40)} {one}"


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_room_and_rules_agree(room: Room, db: None) -> None:
    cast, findings, began = room.cast(), Findings(), time.monotonic()
    minutes = float(os.environ.get("ORACLE_MINUTES", "0")) / len(ROOMS)
    most = math.inf if minutes else int(os.environ.get("ORACLE_STEPS", STEPS[connection.vendor]))
    for seed in _seeds(minutes):
        if findings.steps >= most:
            break
        findings.gather(at_random(room, cast, seed))
    seconds = time.monotonic() - began
    stories = {}
    for key, steps in findings.first.items():
        short = shortest(room, cast, steps, key) if time.monotonic() - began < seconds + SHRINKING else ""
        stories[f"{room.name}: {key}"] = short or findings.stories[key]
    _report(room, findings, stories, seconds)
    assert not stories, "\n\n".join(stories.values())


def _report(room: Room, findings: Findings, stories: dict[str, str], seconds: float) -> None:
    rate = findings.steps / max(seconds, 1) * 60
    words = [
        f"{room.name}: {findings.walks} walks, {findings.steps} compared steps ({findings.accepted} taken), {rate:.0f} a minute; "
        f"traces {findings.traces.hexdigest()[:16]}"
    ]
    words += [
        f"\n=== DIFFERENCE, {findings.count[key.partition(': ')[2]]} times: {story}"
        for key, story in stories.items()
    ]
    sys.stdout.write("\n" + "\n".join(words) + "\n")
    if os.environ.get("ORACLE_VERBS"):
        sys.stdout.write(f"{dict(findings.taken.most_common())}\n")
    folder = os.environ.get("ORACLE_REPORT")
    if folder:
        facts = {"steps": findings.steps, "seconds": seconds, "known": [], "stories": stories}
        name = f"{room.name}-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.json"
        (Path(folder) / name).write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
