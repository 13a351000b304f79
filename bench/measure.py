"""One measured value beside its reference, and a fair way to time calls."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A BENCH line. `ratio` is how many times better than the reference (worse below 1).

    `goal` is the least ratio wanted, or the most where `at_most` is set; None where no goal is set.
    """

    name: str
    value: float
    unit: str
    ratio: float
    reference: str
    goal: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool:
        """True if there is no goal or the ratio reaches it."""
        if self.goal is None:
            return True
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal

    def __str__(self) -> str:
        line = f"BENCH {self.name} {self.value:.4g} {self.unit} ratio={self.ratio:.4g} vs={self.reference}"
        if self.goal is None:
            return line
        sign = "<=" if self.at_most else ">="
        return f"{line} goal{sign}{self.goal:g} {'ok' if self.reached else 'MISSED'}"


def seconds_per_call(call: Callable[[], object], *, calls: int, rounds: int = 5) -> float:
    """The median over `rounds` of the time that one call takes; `call` is run `calls` times a round."""
    samples = []
    call()
    enabled = gc.isenabled()
    gc.disable()
    try:
        for _ in range(rounds):
            started = time.perf_counter()
            for _ in range(calls):
                call()
            samples.append((time.perf_counter() - started) / calls)
    finally:
        if enabled:
            gc.enable()
    return statistics.median(samples)
