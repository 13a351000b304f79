"""The periods that an administrator may change."""

from __future__ import annotations

from mailbox.choices import Rung
from mailbox.models import Term
from portal.core.errors import StepRefused

RUNGS = {
    Rung.YELLOW: "remind_yellow",
    Rung.ORANGE: "remind_orange",
    Rung.RED: "remind_red",
    Rung.LEADER: "remind_leader",
}


def term(code: str) -> Term:
    """The period of that code, in working days, with its source; StepRefused if the administrator removed it."""
    found = Term.objects.filter(code=code).first()
    if found is None:
        raise StepRefused(f"期限表中没有“{code}”，请系统管理员补录。")
    return found


def terms() -> dict[str, Term]:
    """All periods by code, in one query; for pages."""
    return {entry.code: entry for entry in Term.objects.all()}


def ladder() -> dict[Rung, int]:
    """The working days of each rung: before the due date for the first two, after it for the others."""
    return {rung: term(code).days for rung, code in RUNGS.items()}
