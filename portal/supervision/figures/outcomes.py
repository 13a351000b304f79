"""How requests and letters ended in some months, from the events that closed them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from mailbox.choices import State as LetterState
from portal.cases.models import CaseEvent
from portal.core.moments import begin_of
from requests_app.choices import ReplyKind
from requests_app.choices import State as RequestState

ENDS = {
    "disclosure": (
        RequestState.ANSWERED,
        RequestState.WITHDRAWN,
        RequestState.ABANDONED,
        RequestState.ENDED,
    ),
    "letter": (LetterState.ANSWERED, LetterState.DECLINED, LetterState.HANDED_OVER, LetterState.WITHDRAWN),
}
LABELS: dict[str, dict[str, str]] = {
    "disclosure": dict(RequestState.choices),
    "letter": dict(LetterState.choices),
}


def outcomes(kind: str, first: date, end: date) -> list[tuple[str, int]]:
    """(how it ended, how many) for a kind, the most frequent first; `end` is the first day after the months."""
    rows: Any = (
        CaseEvent.objects.filter(
            case__kind=kind, at__gte=begin_of(first), at__lt=begin_of(end), to_state__in=ENDS[kind]
        )
        .exclude(from_state__in=ENDS[kind])
        .values_list("to_state", "facts")
    )
    counts = Counter(_label(kind, state, facts) for state, facts in rows)
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def _label(kind: str, state: str, facts: dict[str, Any]) -> str:
    reply = str(facts.get("reply_kind", ""))
    return ReplyKind(reply).label if reply in ReplyKind.values else LABELS[kind][state]
