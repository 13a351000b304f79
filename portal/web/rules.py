"""Tables of rules that an administrator may change: each app registers its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RuleTable:
    """One table: its model, the fields shown (with their headings) and those that may be changed.

    Rows are read by the code by their codes, so none is added or removed. `note` says what a change does;
    a table that is not `listed` has a page of its own, where rows may be added.
    """

    code: str
    title: str
    model: type[Any]
    shown: tuple[tuple[str, str], ...]
    editable: tuple[str, ...]
    note: str = "修改只影响以后开始计算的期限。"
    listed: bool = True


RULE_TABLES: dict[str, RuleTable] = {}


def register_rules(table: RuleTable) -> None:
    """Add a table; called from an app's AppConfig.ready()."""
    RULE_TABLES[table.code] = table
