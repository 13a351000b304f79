"""Public pages made anew, and the resident memory of web server and worker, beside the portal of a1f3e6d in one run.

Both portals stand on a SQLite of their own with their own demo and three hundred released replies. A page is asked for
in its own process with an empty cache each time; the two take turns. Memory is what the process trees hold by
themselves (proportional set size), after every page was asked for and every lane stands.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from bench.measure import Measure
from bench.scratch import ROOT, base, manage, scratch, serving

PAGES = {"home": "/", "notices": "/notices/", "statistics": "/statistics/"}
GOALS = {"home": 3.0, "notices": 5.0, "statistics": 15.0}
TURNS, SETTLE = 3, 12
WEB_WORKERS = 2
# Run in the portal that is measured, which may know nothing of this file.
ASK = """
import json, sys, time, django; django.setup()
from statistics import median
from django.conf import settings; settings.ALLOWED_HOSTS = ["*"]
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client, found = Client(), {}
for name, path in json.loads(sys.argv[1]).items():
    times = []
    assert client.get(path).status_code == 200, path
    for _ in range(9):
        cache.clear()
        began = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - began) * 1000)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    found[name] = [median(times), len(asked)]
print(json.dumps(found))
"""


@contextmanager
def portals() -> Iterator[dict[str, tuple[Path, dict[str, str]]]]:
    """The two portals, filled: the root of the code and the environment of each."""
    with ExitStack() as stack:
        old = stack.enter_context(base())
        found = {
            "base": (old, stack.enter_context(scratch(old))),
            "ours": (ROOT, stack.enter_context(scratch())),
        }
        for root, env in found.values():
            manage(env, "seed_demo", root=root)
            manage(env, "shell", "-c", "from bench.filling import released; released(300)", root=root)
        yield found


def asked(root: Path, env: dict[str, str]) -> dict[str, list[float]]:
    """Milliseconds and statements of each page."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(PAGES)],
        cwd=root, env=env, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def resident(root: Path, env: dict[str, str]) -> dict[str, float]:
    """Megabytes of the worker's processes and of the web server's, once they have worked."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        with serving(env, "portal.wsgi:application", root=root, workers=WEB_WORKERS) as (address, web):
            for path in PAGES.values():
                urllib.request.urlopen(address + path).read()
            time.sleep(SETTLE)
            return {"worker": memory_of(worker.pid), "web": memory_of(web)}
    finally:
        worker.terminate()
        worker.wait(30)


def memory_of(pid: int) -> float:
    """Megabytes of a process and all below it."""
    found = 0.0
    for one in [pid, *below(pid)]:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        found += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return found


def below(pid: int) -> list[int]:
    """The processes that a process began, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            found += [int(child), *below(int(child))]
    return found


def run() -> Iterator[Measure]:
    """Pages, their statements, and memory."""
    with portals() as both:
        turns = [{name: asked(*portal) for name, portal in both.items()} for _ in range(TURNS)]
        for page, goal in GOALS.items():
            before, ours = (median(turn[name][page][0] for turn in turns) for name in ("base", "ours"))
            yield Measure(f"front.{page}", ours, "ms", before / ours, f"a1f3e6d {before:.1f} ms", goal)
            statements = turns[0]["ours"][page][1]
            yield Measure(
                f"front.{page}.statements", statements, "statements", statements / 8, "8", 1, at_most=True
            )
        held = {name: resident(*portal) for name, portal in both.items()}
        before, ours = (sum(held[name].values()) for name in ("base", "ours"))
        said = ", ".join(
            f"{part} {held['base'][part]:.0f} to {held['ours'][part]:.0f}" for part in ("web", "worker")
        )
        yield Measure(
            "front.memory", ours, "MB", ours / before, f"a1f3e6d {before:.0f} MB: {said}", 0.7, at_most=True
        )
