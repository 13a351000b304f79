"""Somebody's word for what only looks like personal data: kept in the log with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from portal.cases.models import Case
from portal.cases.steps import note
from portal.core.actors import Actor

NOTES = {"acknowledge_findings": "确认检查提示的内容可以公开"}


def keep_word(
    case: Case, kinds: Iterable[str], reason: str, *, verb: str, actor: Actor, at: datetime
) -> None:
    """Write into the log who answered for which kinds of finding at which step, and why; nothing where nothing warned."""
    named = list(kinds)
    if named:
        note(case, "acknowledge_findings", actor=actor, at=at, kinds=named, reason=reason.strip(), step=verb)
