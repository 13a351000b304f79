"""The register of steps: of each, when it is lawful and what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.oracle.model.facts import World

LAWFUL = ""
Check = Callable[..., str]
Effect = Callable[..., None]
CHECKS: dict[str, Check] = {}
EFFECTS: dict[str, Effect] = {}


class Unsaid(str):
    """Neither allowed nor forbidden by what the rules say: either way is right, what follows is compared."""


def lawful(verb: str) -> Callable[[Check], Check]:
    """Declares when the step is lawful: "" if it is, else a sentence with the article, or Unsaid."""

    def keep(check: Check) -> Check:
        CHECKS[verb] = check
        return check

    return keep


def effect(verb: str) -> Callable[[Effect], Effect]:
    """Declares what the step does."""

    def keep(does: Effect) -> Effect:
        EFFECTS[verb] = does
        return does

    return keep


def judge(world: World, verb: str, who: str, facts: dict[str, Any]) -> str:
    """Whether that person may take the step now."""
    return CHECKS[verb](world, who, **facts)


def take(world: World, verb: str, who: str, facts: dict[str, Any]) -> None:
    """Take the step; `world.told` then names those who were told something."""
    world.told = set()
    EFFECTS[verb](world, who, **facts)
    world.request.version += 1


def only(world: World, who: str, *roles: str) -> str:
    """A sentence unless that person holds one of the offices today."""
    return LAWFUL if world.is_official(who, *roles) else f"{who} holds none of {', '.join(roles)} here today"


def in_states(world: World, *states: str) -> str:
    """A sentence unless the request is in one of the states."""
    return LAWFUL if world.request.state in states else f"not in {world.request.state}"


def first(*sentences: str) -> str:
    """The first objection there is; one of law goes before one that is unsaid."""
    said = [sentence for sentence in sentences if sentence]
    firm = [sentence for sentence in said if not isinstance(sentence, Unsaid)]
    return (firm or said or [LAWFUL])[0]


def unless(holds: bool, sentence: str) -> str:
    """The sentence unless the condition holds."""
    return LAWFUL if holds else sentence
