"""Handlers by topic, and what runs when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Handler = Callable[..., None]

HANDLERS: dict[str, Handler] = {}
SCHEDULES: dict[str, Schedule] = {}


@dataclass(frozen=True)
class Schedule:
    """A function run again and again: every `minutes`, or by a cron line (Asia/Shanghai)."""

    name: str
    function: str
    minutes: int = 0
    cron: str = ""


def handler(topic: str) -> Callable[[Handler], Handler]:
    """Register a function as the handler of a topic; it is called with integer keyword arguments."""

    def register(function: Handler) -> Handler:
        if topic in HANDLERS and HANDLERS[topic] is not function:
            raise RuntimeError(f"two handlers for {topic}")
        HANDLERS[topic] = function
        return function

    return register


def declare(*schedules: Schedule) -> None:
    """Add schedules; called from an app's schedules.py."""
    for schedule in schedules:
        SCHEDULES[schedule.name] = schedule
