"""Random walks of one case through the model and the product at once; whatever differs is told with its shortest trace."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Any, Protocol

from django.db import transaction

from tests.oracle.rooms.terms import YUXI, Step, Unsaid, alike

HOURS = (time(9, 30), time(10), time(16), time(0, 0, 1), time(23, 59, 58))
MOST_TRIES, MOST_IDLE = 100, 5
A_MOMENT = timedelta(
    minutes=1
)  # what a step takes: nobody writes, reviews and signs in one and the same second
QUIET = ("night", "morning", "appointment")  # steps that mostly change nothing


class Model(Protocol):
    """What the rules say. `judge` gives "" for a lawful step, a sentence for an unlawful one, Unsaid where no rule says."""

    now: datetime

    def judge(self, step: Step) -> str: ...

    def take(self, step: Step) -> None: ...

    def seen(self) -> dict[str, Any]: ...

    def finally_seen(self) -> dict[str, Any]: ...


class Product(Protocol):
    """The product: `take` gives None if the step was accepted (undone again unless `keep`), else the refusal."""

    def take(self, step: Step, now: datetime, keep: bool) -> str | None: ...

    def seen(self, now: datetime) -> dict[str, Any]: ...

    def finally_seen(self, now: datetime) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Room:
    """How a room is walked: everybody's accounts made once, a case begun from plain facts, the next step drawn."""

    name: str
    cast: Callable[[], Any]
    first: Callable[[Random], Step]
    begin: Callable[[Any, Step], tuple[Model, Product]]
    draw: Callable[[Random, Any], Step]
    steps: int = 30


@dataclass(frozen=True)
class Difference:
    """Where the two disagree; `key` names the sort of difference."""

    key: str
    model: str
    product: str


class Walk:
    """The two side by side, in a transaction that leaves nothing behind."""

    def __init__(self, room: Room, cast: Any, first: Step) -> None:
        self.first, self.trace = first, [(None, first)]
        self.found: list[tuple[Difference, int]] = []
        self.stopped = False
        self.accepted = self.refused = self.idle = 0
        self.taken: Counter[str] = Counter()
        self.model, self.product = room.begin(cast, first)
        self._compare("begin", self.model.seen(), self.product.seen(self.model.now))

    def step(self, step: Step) -> None:
        """Take one step in both, and compare; after a difference the walk is over."""
        if self.stopped:
            return
        self.trace.append((self.model.now, step))
        if step.verb == "wait":
            self.model.now = max(self.model.now, step.facts["until"])
            return
        says = self.model.judge(step)
        lawful = not says or isinstance(says, Unsaid)
        refusal = self.product.take(step, self.model.now, keep=lawful)
        if refusal is not None and refusal.startswith("CRASH"):
            self._differ(f"crash in {step.verb}: {plain(refusal)}", says or "lawful", refusal)
        elif refusal is None and not lawful:
            self._differ(f"accepted {step.verb}: {plain(says)}", f"refused: {says}", "accepted")
        elif refusal is not None and not says:
            self._differ(f"refused {step.verb}: {plain(refusal)}", "lawful", refusal)
        if refusal is not None or not lawful:
            self.refused += 1
            self.idle += 1
            return
        self.accepted += 1
        self.idle = self.idle + 1 if step.verb in QUIET else 0
        self.taken[step.verb] += 1
        self.model.take(step)
        self._compare(step.verb, self.model.seen(), self.product.seen(self.model.now))
        self.model.now += A_MOMENT

    def end(self) -> None:
        """What is looked at only once: figures, pages."""
        if not self.stopped:
            self._compare("the end", self.model.finally_seen(), self.product.finally_seen(self.model.now))

    def _compare(self, after: str, model: dict[str, Any], product: dict[str, Any]) -> None:
        for name in model:
            if not alike(model[name], product[name]):
                self._differ(f"{name} after {after}", f"{model[name]}", f"{product[name]}")

    def _differ(self, key: str, model: str, product: str) -> None:
        self.found.append((Difference(key, str(model), str(product)), len(self.trace)))
        self.stopped = True

    def story(self, difference: Difference, length: int) -> str:
        """The trace in words."""
        lines = [
            f"{now or '':%Y-%m-%d %H:%M:%S}  {step}" if now else f"  {step}"
            for now, step in self.trace[:length]
        ]
        return "\n".join(
            [difference.key, *lines, f"  model:   {difference.model}", f"  product: {difference.product}"]
        )


def plain(sentence: str) -> str:
    """A sentence without its numbers, so that a sort of difference has one key."""
    return re.sub(r"[\d一-十〔〕]+", "#", sentence)[:80]


@dataclass
class Findings:
    """What the walks of a room gathered."""

    walks: int = 0
    steps: int = 0
    accepted: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    count: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[Step]] = field(default_factory=dict)
    stories: dict[str, str] = field(default_factory=dict)
    traces: Any = field(default_factory=sha256)

    def gather(self, walk: Walk) -> None:
        """Take in a walk that is over."""
        self.walks += 1
        self.steps += walk.accepted + walk.refused
        self.accepted += walk.accepted
        self.taken += walk.taken
        self.traces.update("".join(f"{now} {step}\n" for now, step in walk.trace).encode())
        for difference, length in walk.found:
            self.count[difference.key] += 1
            known = self.first.get(difference.key)
            if known is None or len(known) > length:
                self.first[difference.key] = [step for _, step in walk.trace[:length]]
                self.stories[difference.key] = walk.story(difference, length)


def walked(room: Room, cast: Any, steps: list[Step]) -> Walk:
    """The steps taken from nothing; everything is undone afterwards."""
    with undone():
        walk = Walk(room, cast, steps[0])
        for step in steps[1:]:
            walk.step(step)
        walk.end()
    return walk


class undone:
    """A transaction that leaves nothing behind."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *problem: Any) -> None:
        if problem[0] is None:
            transaction.set_rollback(True)
        self.atomic.__exit__(*problem)


def at_random(room: Room, cast: Any, seed: str) -> Walk:
    """One walk of chance, the same for the same seed."""
    r = Random(seed)
    with undone():
        walk = Walk(room, cast, room.first(r))
        for _ in range(room.steps):
            if walk.stopped or walk.idle > MOST_IDLE:
                break
            if r.random() < 0.25:
                walk.step(Step("wait", facts={"until": later(r, walk.model.now)}))
            walk.step(room.draw(r, walk.model))
        walk.end()
    return walk


def later(r: Random, now: datetime) -> datetime:
    """Some days later, at an ordinary or an odd time of the day."""
    days = r.choice((0, 0, 0, 1, 1, 1, 2, 2, 3, 5, 8)) if r.random() < 0.96 else 40
    found = datetime.combine(now.date() + timedelta(days=days), r.choice(HOURS), YUXI)
    return max(found, now)


def shortest(room: Room, cast: Any, steps: list[Step], key: str) -> str:
    """The story of the fewest steps that still show the difference."""
    kept, story, tries, size = steps, "", MOST_TRIES, max(1, len(steps) // 2)
    while size and tries > 0:
        at = 1
        while at < len(kept) and tries > 0:
            tries -= 1
            walk = walked(room, cast, kept[:at] + kept[at + size :])
            hit = [(found, length) for found, length in walk.found if found.key == key]
            if hit:
                kept = [step for _, step in walk.trace[: hit[0][1]]]
                story = walk.story(*hit[0])
            else:
                at += size
        size //= 2
    return story


def on(day: date, hour: int = 10) -> datetime:
    """A moment of that day in Yuxi."""
    return datetime.combine(day, time(hour), YUXI)
