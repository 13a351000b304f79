"""The periods that an administrator may change."""

from __future__ import annotations

from consultations.choices import PolicyKind
from consultations.models import ConsultationTerm, HeldWords
from consultations.rules import Period
from portal.core.errors import StepRefused

FEEDBACK = "feedback"


def _period(entry: ConsultationTerm) -> Period:
    return Period(entry.days, entry.unit, entry.source, entry.may_be_shorter)


def _find(code: str) -> Period:
    entry = ConsultationTerm.objects.filter(code=code).first()
    if entry is None:
        raise StepRefused(f"期限表中没有“{code}”，请系统管理员补录。")
    return _period(entry)


def period_of(policy_kind: str) -> Period:
    """The shortest period for that kind of policy; StepRefused if the administrator removed the row."""
    return _find(f"period_{policy_kind}")


def periods() -> list[tuple[str, Period]]:
    """(kind's label, period) of every kind of policy, for pages."""
    rows = {entry.code: _period(entry) for entry in ConsultationTerm.objects.all()}
    named = [(label, rows.get(f"period_{value}")) for value, label in PolicyKind.choices]
    return [(label, period) for label, period in named if period is not None]


def feedback_days() -> Period:
    """How long after the last day the adoption of comments is fed back."""
    return _find(FEEDBACK)


def held_words() -> str:
    """The words, a line each, that hold a comment back until somebody has looked at it."""
    return "\n".join(HeldWords.objects.values_list("words", flat=True))
