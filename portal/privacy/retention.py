"""How long what is kept, and the erasing of what has run out; each app declares its rules in its `retention.py`.

A rule only erases values or rows that no log is chained over; the log of the cases stays. `overdue` gives the rows
that have run out at a moment, cases under a legal hold left out; `erase` takes them out and gives how many.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from portal.privacy.models import RetentionRun

CHUNK = 1000


@dataclass(frozen=True)
class RetentionRule:
    """What is erased (`title`), after how long (`keep`, in words), by which rule (`source`)."""

    code: str
    title: str
    keep: str
    source: str
    overdue: Callable[[datetime], QuerySet[Any]]
    erase: Callable[[QuerySet[Any], datetime], int]


RULES: dict[str, RetentionRule] = {}


def declare(*rules: RetentionRule) -> None:
    """Add rules; called at import of an app's `retention` module."""
    for rule in rules:
        RULES[rule.code] = rule


def blank(**values: Any) -> Callable[[QuerySet[Any], datetime], int]:
    """An `erase` that writes these values over the old ones."""

    def erase(rows: QuerySet[Any], at: datetime) -> int:
        keys = list(rows.order_by().values_list("pk", flat=True))
        for start in range(0, len(keys), CHUNK):
            rows.model._base_manager.filter(pk__in=keys[start : start + CHUNK]).update(**values)
        return len(keys)

    return erase


def remove(rows: QuerySet[Any], at: datetime) -> int:
    """An `erase` that deletes the rows."""
    count, _ = rows.order_by().delete()
    return count


def due(at: datetime) -> dict[str, int]:
    """How many rows have run out, by rule."""
    return {code: rule.overdue(at).count() for code, rule in RULES.items()}


def apply(*, at: datetime) -> dict[str, int]:
    """Erase everything that has run out, a transaction and a row of record for each rule; gives how many by rule."""
    done = {}
    for code, rule in RULES.items():
        with transaction.atomic():
            count = rule.erase(rule.overdue(at), at)
            if count:
                RetentionRun.objects.create(rule=code, title=rule.title, erased=count, at=at)
        done[code] = count
    return done
