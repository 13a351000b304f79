"""The machine that walks: Hypothesis picks, the walk does the same in both worlds; what differs is gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.oracle.driver.choices import DRAW, FITTING, jump, somebody
from tests.oracle.driver.walk import Start, Step, Walk
from tests.oracle.model.steps import CHECKS, judge
from tests.oracle.product import VERBS, Cast
from tests.oracle.product.people import OFFICES, forget_calendar

WAYS = ("account", "account", "guest", "guest", "guest_mail", "guest_landline", "guest_post", "landline",
        "account_post", "official", "company")  # fmt: skip
DAYS = (date(2025, 11, 3), date(2025, 12, 22), date(2026, 2, 9), date(2026, 4, 28), date(2026, 9, 14),
        date(2026, 12, 21))  # fmt: skip
KNOWN_VERBS = sorted(set(VERBS) & set(CHECKS))
# Steps that fit almost any state; the others are tried where they do not fit too.
ALWAYS_RIGHT = {
    "open_page",
    "succeed",
    "withdraw",
    "terminate",
    "search",
    "flag",
    "assign",
    "transfer",
    "remedy",
    "archive",
    "change_contact",
}
RARELY_RIGHT = sorted(set(KNOWN_VERBS) - ALWAYS_RIGHT)
SEEDS = st.integers(0, 2**40)


@dataclass
class Findings:
    """What a run gathered: how many steps, and of each sort of difference the shortest trace so far."""

    steps: int = 0
    accepted: int = 0
    walks: int = 0
    count: Counter[str] = field(default_factory=Counter)
    first: dict[str, tuple[Start, list[Step], str]] = field(default_factory=dict)
    verbs: Counter[str] = field(default_factory=Counter)
    traces: Any = field(default_factory=sha256)

    def gather(self, walk: Walk) -> None:
        """Take in one walk that is over."""
        self.walks += 1
        self.steps += walk.accepted + walk.refused
        self.accepted += walk.accepted
        self.verbs.update(walk.taken)
        self.traces.update(
            "\n".join([str(walk.start), *(f"{day} {step}" for day, step in walk.trace), ""]).encode()
        )
        for difference, length in walk.found:
            self.count[difference.key] += 1
            known = self.first.get(difference.key)
            if known is None or len(known[1]) > length:
                self.first[difference.key] = (
                    walk.start,
                    [step for _, step in walk.trace[:length]],
                    walk.story(difference, length),
                )


class Sheet:
    """A transaction that leaves nothing behind."""

    def __init__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def close(self, moved: bool) -> None:
        """Undo everything; the calendar too if a notice was changed."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        if moved:
            forget_calendar()


def drawn(r: Random, walk: Walk, names: Any) -> Step:
    """A step among those named, with facts; what the model finds lawful is tried for a few times."""
    world = walk.world
    step = Step("wait", facts={"until": world.today})
    wish_lawful = r.random() < 0.75
    for _ in range(6):
        verb = r.choice(names)
        if verb not in VERBS:
            continue
        facts = DRAW[verb](r, world) if verb in DRAW else {}
        who = somebody(r, world, verb, facts)
        if verb == "opinion" and who.startswith("party"):
            facts["on"] = None  # on its own page a party answers today
        stale = r.choice((None, None, None, 0, 0, r.choice((0, 1, 2))))
        step = Step(verb, who, facts, stale)
        if not wish_lawful or not judge(world, verb, step.who, facts):
            break
    return step


def begun(r: Random, cast: Cast) -> Walk:
    """A request that comes in on some day in some way."""
    day = r.choice(DAYS) + timedelta(days=r.randint(0, 20))
    received = day - timedelta(days=r.choice((0, 1, 5)))
    return Walk(cast, Start(day, r.choice(WAYS), r.random() < 0.2, received))


def go_on(r: Random, walk: Walk) -> None:
    """Time passes now and then; something that fits the state."""
    if r.random() < 0.3:
        walk.step(Step("wait", facts={"until": jump(r, walk.world)}))
    walk.step(drawn(r, walk, FITTING[walk.world.request.state]))


def do_anything(r: Random, walk: Walk) -> None:
    """Something that may not fit at all; once in a while an appointment ends or a notice changes."""
    kind = r.random()
    if kind < 0.12:
        person, unit, role = r.choice(OFFICES)
        facts = {"person": person, "unit": unit, "role": role, "runs": r.random() < 0.6}
        walk.step(Step("appointment", facts=facts))
    elif kind < 0.15:
        off = walk.world.days.after(walk.world.today, r.randint(1, 25))
        walk.step(Step("notice", facts={"off": off}))
    else:
        names = KNOWN_VERBS if r.random() < 0.15 else RARELY_RIGHT
        walk.step(drawn(r, walk, names))


def fixed(cast: Cast, seed: str, steps: int) -> Walk:
    """One walk of chance, the same for the same seed on every machine and day.

    Hypothesis does not promise that: it draws among the constants of whatever modules are loaded, so the walks of a whole suite
    were others than those of this file alone.
    """
    r, sheet = Random(seed), Sheet()
    walk = begun(r, cast)
    try:
        for _ in range(steps):
            if walk.stopped:
                break
            (go_on if r.random() < 0.75 else do_anything)(r, walk)
    finally:
        sheet.close(walk.moved)
    return walk


class Machine(RuleBasedStateMachine):
    """One request from the day it comes in."""

    cast: ClassVar[Cast]
    findings: ClassVar[Findings]

    @initialize(seed=SEEDS)
    def come_in(self, seed: int) -> None:
        self.sheet = Sheet()
        self.walk = begun(Random(f"{seed} {self.findings.walks}"), self.cast)

    def _chance(self, seed: int) -> Random:
        return Random(f"{seed} {self.findings.walks} {len(self.walk.trace)}")

    @rule(seed=SEEDS)
    def go_on(self, seed: int) -> None:
        """Something that fits the state."""
        go_on(self._chance(seed), self.walk)

    @rule(seed=SEEDS)
    def also_go_on(self, seed: int) -> None:
        """The same again: what fits is chosen more often than what does not."""
        self.go_on(seed)

    @rule(seed=SEEDS)
    def and_go_on(self, seed: int) -> None:
        """And again."""
        self.go_on(seed)

    @rule(seed=SEEDS)
    def do_anything(self, seed: int) -> None:
        """Something that may not fit at all."""
        do_anything(self._chance(seed), self.walk)

    def teardown(self) -> None:
        if hasattr(self, "walk"):
            self.findings.gather(self.walk)
            self.sheet.close(self.walk.moved)


def replay(cast: Cast, start: Start, steps: list[Step]) -> Walk:
    """The same steps again from nothing."""
    sheet = Sheet()
    walk = Walk(cast, start)
    try:
        for step in steps:
            walk.step(step)
    finally:
        sheet.close(walk.moved)
    return walk


def shortest(cast: Cast, start: Start, steps: list[Step], key: str, tries: int = 120) -> Walk | None:
    """The fewest of the steps that still show the difference: steps are left out as long as it stays."""
    best = replay(cast, start, steps)
    if key not in {difference.key for difference, _ in best.found}:
        return None
    kept, size = steps, max(1, len(steps) // 2)
    while size and tries > 0:
        at = 0
        while at < len(kept) and tries > 0:
            fewer = kept[:at] + kept[at + size :]
            tries -= 1
            walk = replay(cast, start, fewer)
            hit = next((length for difference, length in walk.found if difference.key == key), None)
            if hit is None:
                at += size
            else:
                kept, best = fewer[:hit], walk
        size //= 2
    return replay(cast, start, kept) if kept else best
