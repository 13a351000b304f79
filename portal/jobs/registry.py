"""Handlers by topic, and what runs when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.jobs.lanes import LANES, WORK

Handler = Callable[..., None]

HANDLERS: dict[str, Handler] = {}
LANE_OF: dict[str, str] = {}
SCHEDULES: dict[str, Schedule] = {}


@dataclass(frozen=True)
class Schedule:
    """A function run again and again in its lane: every `minutes`, or by a cron line (Asia/Shanghai)."""

    name: str
    function: str
    minutes: int = 0
    cron: str = ""
    lane: str = WORK


def handler(topic: str, *, lane: str = WORK) -> Callable[[Handler], Handler]:
    """Register a function as the handler of a topic, done in that lane; it is called with integer keyword arguments."""

    def register(function: Handler) -> Handler:
        if topic in HANDLERS and HANDLERS[topic] is not function:
            raise RuntimeError(f"two handlers for {topic}")
        HANDLERS[topic], LANE_OF[topic] = function, LANES[lane].code
        return function

    return register


def declare(*schedules: Schedule) -> None:
    """Add schedules; called from an app's schedules.py."""
    for schedule in schedules:
        SCHEDULES[schedule.name] = schedule
