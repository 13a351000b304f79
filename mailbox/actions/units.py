"""Between the mailbox office and the units: given, signed for, sent back, helped with."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mailbox.actions.lending import lent
from mailbox.actions.word import tell_unit, tell_writer
from mailbox.choices import CONTRIBUTING, AssignmentState, Part
from mailbox.models import Assignment, Letter
from mailbox.queries import answering_units, asked_of, mailbox_office, term
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.units.choices import Role
from portal.units.models import Unit


def _check_unit(unit: Unit) -> None:
    if not answering_units().filter(pk=unit.pk).exists():
        raise InvalidInput("请从列表中选择承办单位", "unit")


def _give(
    case: Letter,
    verb: str,
    unit: Unit,
    actor: Actor,
    at: datetime,
    seen_version: int | None,
    **facts: str,
) -> Assignment:
    _check_unit(unit)
    today = timezone.localdate(at)
    sign_by = calendar().term(today, term("sign_for").days)
    take_step(
        case,
        verb,
        actor=actor,
        at=at,
        seen_version=seen_version,
        unit_id=unit.pk,
        unit_name=unit.name,
        sign_by=sign_by,
        **facts,
    )
    given = Assignment.objects.create(
        letter=case, unit=unit, part=Part.MAIN, given_on=today, due_on=case.due_on or sign_by.last
    )
    urgent = "【紧急】" if case.urgent else ""
    tell_unit(
        case,
        unit,
        (Role.CLERK,),
        "assigned",
        f"{urgent}信箱来信交办（{case.number}）",
        f"请于{told_day(sign_by.last)}前签收；不属于本单位职责的，请在同一期限内退办并写明理由。答复期限至：{told_day(case.due_on)}。",
        at,
    )
    return given


@transaction.atomic
def assign(
    *, case: Letter, unit: Unit, actor: Actor, at: datetime, seen_version: int | None = None
) -> Assignment:
    """Give the letter to its main unit. Raises InvalidInput for a unit that answers no letters."""
    given = _give(case, "assign", unit, actor, at, seen_version)
    _tell_writer_of(unit, case, at)
    return given


def _tell_writer_of(unit: Unit, case: Letter, at: datetime) -> None:
    """Tell the writer who handles the letter, and anew whenever that changes."""
    again = Assignment.objects.filter(letter=case, part=Part.MAIN).count() > 1
    subject = "您的来信已改由其他单位办理" if again else "您的来信已交办"
    tell_writer(case, "assigned", f"{subject}（{case.number}）", f"承办单位：{unit.name}。", at)


@transaction.atomic
def rule_unit(
    *,
    case: Letter,
    unit: Unit,
    comment: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Assignment:
    """Decide on the main unit after two returns; it cannot send the letter back."""
    given = _give(case, "rule_unit", unit, actor, at, seen_version, comment=comment)
    _tell_writer_of(unit, case, at)
    return given


@transaction.atomic
def sign_for(*, case: Letter, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Take the letter in hand; whoever signs for it is its officer."""
    take_step(case, "sign_for", actor=actor, at=at, seen_version=seen_version)
    part = main_part(case)
    part.state = AssignmentState.SIGNED
    part.save(update_fields=["state"])


def main_part(case: Letter) -> Assignment:
    """The part of the unit that handles the letter; StepRefused if none does."""
    found = (
        Assignment.objects.select_for_update()
        .filter(letter=case, part=Part.MAIN, state__in=CONTRIBUTING)
        .first()
    )
    if found is None:
        raise StepRefused("本件尚未交办。")
    return found


@transaction.atomic
def return_letter(
    *, case: Letter, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the letter back to the mailbox office within the term, with a reason; the return stays on record."""
    office = mailbox_office()
    today = timezone.localdate(at)
    days = calendar()
    unit = case.unit
    given_on = case.assigned_on or today
    take_step(
        case,
        "return_letter",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reason=reason,
        office_id=office.pk,
        unit_name=unit.name,
        late=days.between(given_on, today) > term("return").days,
        again_by=days.term(today, term("screening").days),
    )
    part = main_part(case)
    end_part(part, AssignmentState.RETURNED, reason.strip(), today)
    for helper in Assignment.objects.filter(letter=case, part=Part.ASSIST, state__in=CONTRIBUTING):
        end_part(helper, AssignmentState.CANCELLED, "主办单位退办", today)
    tell_unit(
        case,
        office,
        (Role.CLERK,),
        "returned",
        f"信箱来信退办（{case.number}）",
        f"{unit.name}第{case.returns}次退办，请重新交办。",
        at,
    )


def end_part(part: Assignment, state: AssignmentState, reason: str, on: date) -> None:
    """A unit's part is over."""
    part.state, part.end_reason, part.ended_on = state, reason, on
    part.save(update_fields=["state", "end_reason", "ended_on"])


# help from other units ------------------------------------------------------------------------------------


@transaction.atomic
def ask_assistance(
    *,
    case: Letter,
    unit: Unit,
    asked: str,
    due_on: date,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Assignment:
    """Ask another unit for its part by a day; its staff see the letter from now on."""
    _check_unit(unit)
    already = Assignment.objects.filter(
        letter=case, unit=unit, part=Part.ASSIST, state__in=CONTRIBUTING
    ).exists()
    take_step(
        case,
        "ask_assistance",
        actor=actor,
        at=at,
        seen_version=seen_version,
        unit_id=unit.pk,
        unit_name=unit.name,
        asked=asked,
        due_on=due_on,
        already=already,
    )
    today = timezone.localdate(at)
    part = Assignment.objects.create(
        letter=case,
        unit=unit,
        part=Part.ASSIST,
        asked=asked.strip(),
        given_on=today,
        due_on=due_on,
        workdays=calendar().term_until(today, due_on, term("assist").days).days,
    )
    tell_unit(
        case,
        unit,
        (Role.CLERK,),
        "assist",
        f"信箱来信协办（{case.number}）",
        f"{case.unit.name}请贵单位协办，请于{told_day(due_on)}前反馈。",
        at,
    )
    return part


@transaction.atomic
def contribute(
    *, case: Letter, text: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> Assignment:
    """Give an assisting unit's part. Raises StepRefused for somebody from whom nothing is waited for."""
    asked = asked_of(case, actor)
    if asked is None:
        raise StepRefused("没有等待您所在单位反馈的协办事项。")
    lock(case)
    part = Assignment.objects.select_for_update().get(pk=asked.pk)
    if part.state not in CONTRIBUTING:
        raise StepRefused(f"该协办事项{part.get_state_display()}。")
    take_step(
        case,
        "contribute",
        actor=lent(actor, case, Role.CLERK),
        at=at,
        seen_version=seen_version,
        unit_name=part.unit.name,
        text=text,
    )
    part.state, part.contribution = AssignmentState.CONTRIBUTED, text.strip()
    part.contributed_by_id, part.ended_on = actor.account_id, timezone.localdate(at)
    part.save(update_fields=["state", "contribution", "contributed_by", "ended_on"])
    tell_unit(
        case,
        case.unit,
        (Role.CLERK,),
        "contributed",
        f"协办单位已反馈（{case.number}）",
        f"{part.unit.name}已反馈，可在拟写答复时并入。",
        at,
    )
    return part


@transaction.atomic
def cancel_assistance(
    *,
    case: Letter,
    part: Assignment,
    comment: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Wait for a contribution no longer; the unit loses sight of the letter. NotFound for another letter's part."""
    lock(case)
    locked = (
        Assignment.objects.select_for_update()
        .filter(pk=part.pk, letter=case, part=Part.ASSIST, state__in=CONTRIBUTING)
        .first()
    )
    if locked is None:
        raise NotFound("没有找到该协办事项。")
    take_step(
        case,
        "cancel_assistance",
        actor=actor,
        at=at,
        seen_version=seen_version,
        unit_name=locked.unit.name,
        comment=comment,
    )
    end_part(locked, AssignmentState.CANCELLED, comment.strip(), timezone.localdate(at))
