"""The stored dates of the letter box that hang on the calendar, and who was told of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mailbox.actions.word import tell_unit, tell_writer
from mailbox.choices import CONTRIBUTING, KIND, Part
from mailbox.models import Assignment, Letter, Supplement
from portal.cases.periods import DUE, DateMoved, StoredPeriod, declare, declare_word
from portal.core.wording import cn_date
from portal.holidays.told import told_day
from portal.units.choices import Role


def _said(title: str, change: DateMoved) -> str:
    before, after = cn_date(change.before), told_day(change.after)
    return f"{change.why}，{title}由{before}调整为{after}。"


def _tell_dates(case: Letter, change: DateMoved, at: datetime) -> None:
    """The writer and the unit learn the answer's date; a date of the house's own concerns the unit alone."""
    what, title = f"moved-{change.code}", "答复期限" if change.code == DUE else f"{case.internal_due_for}时限"
    if change.code == DUE:
        tell_writer(case, what, f"来信答复期限调整（{case.number}）", _said(title, change), at)
    tell_unit(
        case,
        case.unit,
        (Role.CLERK,),
        f"{what}-unit",
        f"{title}调整（{case.number}）",
        _said(title, change),
        at,
    )


def _tell_writer(case: Letter, row: Supplement, change: DateMoved, at: datetime) -> None:
    tell_writer(case, f"moved-{change.code}", f"补充期限调整（{case.number}）", _said("补充期限", change), at)


def _tell_helper(case: Letter, row: Assignment, change: DateMoved, at: datetime) -> None:
    subject = f"协办反馈期限调整（{case.number}）"
    what = f"moved-{change.code}-{row.pk}"
    tell_unit(case, row.unit, (Role.CLERK,), what, subject, _said("协办反馈期限", change), at)


def _counted(since: str) -> Any:
    """So many working days after that day of the row; a date picked by hand stays."""
    return lambda row, calendar: calendar.add(getattr(row, since), row.workdays) if row.workdays else None


declare_word(KIND, _tell_dates)
declare(
    StoredPeriod(
        "mailbox.supplement_by",
        "补充期限",
        "answer_by",
        lambda: Supplement.objects.filter(letter__closed_on__isnull=True, is_open=True, workdays__gt=0),
        _counted("asked_on"),
        "letter",
        _tell_writer,
    ),
    StoredPeriod(
        "mailbox.assist_by",
        "协办反馈期限",
        "due_on",
        lambda: Assignment.objects.filter(
            letter__closed_on__isnull=True, part=Part.ASSIST, state__in=CONTRIBUTING, workdays__gt=0
        ),
        _counted("given_on"),
        "letter",
        _tell_helper,
    ),
)
