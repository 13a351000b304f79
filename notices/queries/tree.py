"""The columns of a unit as a tree: what lies below one, and what an upper one owes to those below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from notices.models import Column


def below(pk: int) -> list[int]:
    """The column and all columns under it, on every level; a column and its parent belong to one unit."""
    rows = Column.objects.filter(unit__columns=pk).values_list("pk", "parent_id")
    children: dict[int, list[int]] = defaultdict(list)
    for key, parent in rows:
        if parent is not None:
            children[parent].append(key)
    found = [pk]
    for key in found:
        found += [child for child in children[key] if child not in found]
    return found


def rolled_up(newest: Mapping[int, datetime], parents: Mapping[int, int | None]) -> dict[int, datetime]:
    """The newest of each column and of all columns under it; columns with nothing are left out."""
    found: dict[int, datetime] = {}
    for key, at in newest.items():
        at_column: int | None = key
        seen: set[int] = set()
        while at_column is not None and at_column not in seen:
            seen.add(at_column)
            if at_column not in found or found[at_column] < at:
                found[at_column] = at
            at_column = parents.get(at_column)
    return found
