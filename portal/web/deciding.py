"""One screen a decision: what each kind of case brings for the page on which somebody signs or sends back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core.actors import Actor
from portal.documents.preview import Draft


@dataclass(frozen=True)
class Decider:
    """A kind of case whose texts are signed.

    `passing` are the steps that sign, `returning` those that send back; `verbs` their declarations. `find` gives the case to
    whoever may see it, `view` the unit's page of it with the `verbs` that she may take on that day, `draft` the paper as it
    will be, `beside` what `template` shows besides the view. `step_url` is the page of one step, `onward` the steps that
    come first when several are possible, `outcomes` what a draft may come to (code, label).
    """

    kind: str
    passing: tuple[str, ...]
    returning: tuple[str, ...]
    verbs: Mapping[str, Any]
    find: Callable[[Actor, uuid.UUID], Any]
    view: Callable[[Any, Actor, date], Any]
    draft: Callable[[Any, Actor], Draft | None]
    template: str
    step_url: str
    onward: tuple[str, ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()
    beside: Callable[[Any, Actor], dict[str, Any]] | None = None


DECIDERS: dict[str, Decider] = {}


def register_screen(decider: Decider) -> None:
    """Add a kind; called from an app's AppConfig.ready()."""
    DECIDERS[decider.kind] = decider
