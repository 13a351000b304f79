"""Words that model and driver share; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

YUXI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Step:
    """One step as plain data: which, by whom, with which facts."""

    verb: str
    who: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.verb} by {self.who or 'time'}: {facts}"


class Unsaid(str):
    """Neither allowed nor forbidden by what the rules say: either way is right, what follows is compared."""


class Anything:
    """Equal to everything: no rule says what is to be seen."""

    def __repr__(self) -> str:
        return "anything"


@dataclass(frozen=True)
class Told:
    """Who has to be told, and who may be told besides; nobody else is."""

    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()

    def fits(self, told: set[str]) -> bool:
        """True if everybody was told who must be, and nobody who may not."""
        return self.must <= told <= self.must | self.may


@dataclass(frozen=True)
class Looked:
    """Of these people it was looked at, and these were found."""

    people: frozenset[str]
    found: frozenset[str]


class Pages(dict[str, Any]):
    """What stands on each page; the product is looked at on some of them in turn."""


def alike(model: Any, product: Any) -> bool:
    """True if the product shows what the model expects."""
    if isinstance(model, Anything):
        return True
    if isinstance(model, Told):
        return model.fits(product)
    if isinstance(model, Pages):
        return all(alike(model[name], seen) for name, seen in product.items())
    if isinstance(model, tuple) and isinstance(product, tuple) and len(model) == len(product):
        return all(alike(one, other) for one, other in zip(model, product, strict=True))
    if isinstance(product, Looked):
        return product.people & model == product.found
    return bool(model == product)


def first_of(*sentences: str) -> str:
    """The first objection there is; one of law goes before one that is unsaid."""
    said = [sentence for sentence in sentences if sentence]
    firm = [sentence for sentence in said if not isinstance(sentence, Unsaid)]
    return (firm or said or [""])[0]


def unless(holds: bool, sentence: str) -> str:
    """The sentence unless the condition holds."""
    return "" if holds else sentence


def day_of(now: datetime) -> date:
    """The day in Yuxi."""
    return now.astimezone(YUXI).date()


def months(first: date, last: date) -> list[date]:
    """The last days of the months from one day to another; the last one ends with the day itself."""
    found, day = [], first.replace(day=1)
    while day <= last:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        found.append(min(date.fromordinal(after.toordinal() - 1), last))
        day = after
    return found
