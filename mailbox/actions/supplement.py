"""Asking the writer for more, and what comes of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mailbox.actions.word import tell_unit, tell_writer
from mailbox.models import Letter, Supplement
from mailbox.queries import term
from portal.cases.periods import up_to_date
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.core.limits import limit
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.units.choices import Role


def open_supplement(case: Letter) -> Supplement:
    """The supplement that is waited for, locked, the letter before it; StepRefused if there is none."""
    lock(case)
    found = Supplement.objects.select_for_update().filter(letter=case, is_open=True).first()
    if found is None:
        raise StepRefused("本件没有等待补充的内容。")
    return up_to_date("mailbox.supplement_by", found, calendar())  # type: ignore[no-any-return]


@transaction.atomic
def ask_supplement(
    *,
    case: Letter,
    asked: str,
    answer_by: date,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Supplement:
    """Tell the writer what is missing and by when; the clock stands still until then at the longest."""
    today = timezone.localdate(at)
    asked_for = calendar().term_until(today, answer_by, term("supplement").days)
    wanted = Supplement(
        letter=case,
        position=case.supplements.count() + 1,
        asked=asked.strip(),
        asked_on=today,
        answer_by=answer_by,
        workdays=asked_for.days,
    )
    take_step(
        case,
        "ask_supplement",
        actor=actor,
        at=at,
        seen_version=seen_version,
        asked=asked,
        answer_by=asked_for,
        key=wanted.clock_key,
        longest=calendar().term(today, limit("mailbox.supplement", on=today).days),
        times=_times(case),
    )
    wanted.save()
    tell_writer(
        case,
        "supplement",
        f"您的来信需要补充（{case.number}）",
        f"请于{told_day(answer_by)}前在查询页面补充，等待补充的时间不计入答复期限；逾期未补充的，按现有情况办理。",
        at,
    )
    return wanted


def _times(case: Letter) -> int:
    """How often the writer has been asked in this handling."""
    lock(case)
    return case.supplements.filter(asked_on__gte=case.clock_from).count() if case.clock_from else 0


@transaction.atomic
def supplement(
    *,
    case: Letter,
    text: str,
    actor: Actor,
    at: datetime,
    came_on: date | None = None,
    seen_version: int | None = None,
) -> None:
    """Take in what the writer adds, or what a clerk was told by telephone; the clock goes on the next day."""
    wanted = open_supplement(case)
    day = came_on or timezone.localdate(at)
    take_step(
        case,
        "supplement",
        actor=actor,
        at=at,
        seen_version=seen_version,
        text=text,
        came_on=day,
        asked_on=wanted.asked_on,
        answer_by=wanted.answer_by,
        key=wanted.clock_key,
    )
    wanted.text, wanted.came_on, wanted.is_open = text.strip(), day, False
    wanted.save(update_fields=["text", "came_on", "is_open", "answer_by"])
    tell_unit(
        case,
        case.unit,
        (Role.CLERK,),
        "supplemented",
        f"来信人已补充（{case.number}）",
        f"答复期限至：{told_day(case.due_on)}。",
        at,
    )


@transaction.atomic
def continue_without(*, case: Letter, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Go on without the supplement once its day has passed."""
    wanted = open_supplement(case)
    take_step(
        case,
        "continue_without",
        actor=actor,
        at=at,
        seen_version=seen_version,
        answer_by=wanted.answer_by,
        key=wanted.clock_key,
    )
    wanted.is_open = False
    wanted.save(update_fields=["is_open", "answer_by"])
