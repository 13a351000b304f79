"""Declaring a step: a django-fsm transition that names its label, legal basis and who may take it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django_fsm import GET_STATE, Transition, transition

from portal.core.clock import ClockFact

APPLICANT = "applicant"
PARTY = "party"
SYSTEM = "system"


@dataclass(frozen=True)
class StepFacts:
    """What a transition gives back to be recorded.

    `public` goes into the chained event and holds no personal data; `private` is kept sealed and may be
    erased later; `clock` moves the clock. `unit_id` is the unit that took a step which moves the case to another one; 0:
    the unit that holds it afterwards.
    """

    public: Mapping[str, Any] = field(default_factory=dict)
    clock: tuple[ClockFact, ...] = ()
    private: str = ""
    unit_id: int = 0


def step(
    *,
    source: str | Sequence[str],
    target: str | GET_STATE | None,
    label: str,
    basis: str,
    by: tuple[str, ...],
) -> Callable[[Callable[..., StepFacts]], Callable[..., StepFacts]]:
    """Mark a method as a step from `source` to `target` (None: the state stays; GET_STATE: one of its states).

    `by` lists role codes, APPLICANT, PARTY (somebody consulted, known by a token) or SYSTEM; `basis` is the article the step rests on.
    """
    decorate: Callable[[Callable[..., StepFacts]], Callable[..., StepFacts]] = transition(
        field="state",
        source=list(source) if not isinstance(source, str) else source,
        target=target,
        custom={"label": label, "basis": basis, "by": by},
    )
    return decorate


def transitions_of(model: type[models.Model]) -> list[Transition]:
    """All transitions of a case model, in order of name and source."""
    state: Any = model._meta.get_field("state")
    found: list[Transition] = state.get_all_transitions(model)
    return sorted(found, key=lambda t: (t.name, t.source))


def label_of(model: type[models.Model], verb: str) -> str:
    """The Chinese label of a step; the verb itself if it has none."""
    for entry in transitions_of(model):
        if entry.name == verb:
            return str(entry.custom["label"])
    return verb
