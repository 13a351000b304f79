"""The facts of each paper, from the letter: what issue() freezes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from mailbox.choices import Complexity, DeclineReason
from mailbox.models import Letter
from mailbox.rules import DECLINE_TEXTS
from portal.core.wording import cn_date
from portal.holidays.told import told_day
from portal.records.attaching import attachments
from portal.units.models import Unit

ANNEX = "随答复提供材料一览表"


def day(value: date | None) -> str:
    """A date in words, "" for none."""
    return cn_date(value) if value is not None else ""


def opening(case: Letter) -> dict[str, Any]:
    """Number, day, to whom and about what: how every paper to the writer begins."""
    return {
        "case_number": case.number,
        "submitted_on": cn_date(timezone.localdate(case.created_at)),
        "addressed_to": case.addressed_to,
        "topic": case.shown_topic,
    }


def receipt(case: Letter) -> dict[str, Any]:
    """That the letter is accepted, and by when it is answered."""
    return {
        **opening(case),
        "complexity": Complexity(case.complexity).label,
        "days": case.term_days,
        "due_on": day(case.due_on),
        "provisional": case.due_provisional,
    }


def decline(case: Letter) -> dict[str, Any]:
    """Why the letter is not accepted."""
    return {
        **opening(case),
        "finding": DECLINE_TEXTS[DeclineReason(case.decline_reason)],
        "note": case.decline_note,
    }


def extension(case: Letter, days: int, reason: str, due_before: date | None) -> dict[str, Any]:
    """Why the answer takes longer, and until when."""
    return {
        **opening(case),
        "reason": reason.strip().removeprefix("因").rstrip("。"),
        "days": days,
        "due_before": day(due_before),
        "due_on": day(case.due_on),
        "provisional": case.due_provisional,
    }


def reply(case: Letter, body: str, unit: Unit) -> dict[str, Any]:
    """The answer, under the writer's own number."""
    return {
        **opening(case),
        "body": body,
        "again": case.round > 1,
        "contact": f"{unit.name}{f'，电话：{unit.phone}' if unit.phone else ''}",
        **attachments(case, ANNEX),
    }


def reminder(case: Letter, due_on: date, today: date, late: int) -> dict[str, Any]:
    """To the unit, or its leader: what is late, since when, by how many working days. Nothing of the writer."""
    return {
        "case_number": case.number,
        "topic": case.shown_topic,
        "kind": case.get_letter_kind_display(),
        "accepted_on": day(case.clock_from),
        "due_on": told_day(due_on),
        "today": cn_date(today),
        "late": late,
    }
