"""The public list against a bare Django view in the same server, driven by wrk in turns."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import urllib.request
from collections.abc import Iterator

from bench.measure import Measure
from bench.scratch import manage, scratch, server

TURNS = 3
SECONDS = 3


def rate(address: str) -> float:
    """Requests a second over eight connections."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError("wrk is not installed: apt-get install wrk")
    out = subprocess.run(
        [wrk, "-t1", "-c8", f"-d{SECONDS}s", address], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in out:
        raise RuntimeError(out)
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    assert found is not None
    return float(found.group(1))


def run() -> Iterator[Measure]:
    """Bare view and list in turns on twenty released replies; both through the whole middleware."""
    with scratch() as env:
        manage(env, "shell", "-c", "from bench.filling import released; released(20)")
        with server(env, "bench.wsgi:application") as address:
            page = urllib.request.urlopen(f"{address}/releases/").read()
            assert page.count(b"/releases/") >= 20, "the list is not full"
            bare, listed = [], []
            for _ in range(TURNS):
                bare.append(rate(f"{address}/bare/"))
                listed.append(rate(f"{address}/releases/"))
            fast, slow = statistics.median(bare), statistics.median(listed)
            yield Measure("page.bare", fast, "requests/s", 1, "itself")
            yield Measure("page.public_list", slow, "requests/s", slow / fast, "bare_view", goal=0.08)
