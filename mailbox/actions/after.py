"""After the answer: a rating that the unit cannot trace, a second handling, the supervisors."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mailbox import rules
from mailbox.actions.lending import lent
from mailbox.actions.release import drop_undecided
from mailbox.actions.word import tell_unit, tell_writer
from mailbox.choices import AssignmentState, Complexity, Part
from mailbox.models import Assignment, Letter, Rating, RatingInvitation
from mailbox.queries import may_object, term
from portal.cases.steps import take_step
from portal.core.actors import Actor, ActorKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.holidays.told import told_day
from portal.units.access import is_supervisor, units_of
from portal.units.choices import Role

WRITER = Actor(kind=ActorKind.PARTY, label="来信人")


@transaction.atomic
def rate(*, invitation: RatingInvitation, solved: int, attitude: int, at: datetime, why: str = "") -> Rating:
    """Rate one answer, once. Leaves no event on the letter: its log is read by the unit that is rated."""
    locked = RatingInvitation.objects.select_for_update().get(pk=invitation.pk)
    if Rating.objects.filter(invitation=locked).exists():
        raise StepRefused("您已经评价过，谢谢。")
    for field, mark in (("solved", solved), ("attitude", attitude)):
        if not rules.LOWEST <= mark <= rules.HIGHEST:
            raise InvalidInput(f"请选择{rules.LOWEST}至{rules.HIGHEST}分", field)
    _in_time(locked, at)
    letter = locked.letter
    if locked.round != letter.round:
        raise StepRefused("本件正在重新办理，请在新的答复之后评价。")
    return Rating.objects.create(
        invitation=locked,
        unit_id=letter.main_unit_id or letter.unit_id,
        solved=solved,
        attitude=attitude,
        why=why.strip(),
        rated_at=at,
    )


def _in_time(invitation: RatingInvitation, at: datetime) -> None:
    """Raise StepRefused once the period after the answer is over: contacts are erased later, and nobody could be told."""
    sent = timezone.localdate(invitation.sent_at)
    period = limit("mailbox.rating", on=sent)
    if invitation.letter.contacts_erased:
        raise StepRefused(
            "来信人的联系方式已按保存期限清除，不能再评价或者要求重新办理；有新的情况请重新来信。"
        )
    if timezone.localdate(at) > sent + timedelta(days=period.days):
        raise StepRefused(f"答复已超过{period.text}，不能再评价或者要求重新办理；有新的情况请重新来信。")


@transaction.atomic
def object_to_answer(
    *,
    invitation: RatingInvitation,
    reason: str,
    at: datetime,
    actor: Actor = WRITER,
    seen_version: int | None = None,
) -> bool:
    """Not satisfied: handled again by right, in a period of its own; after that the supervisors. True if the latter.

    Raises StepRefused unless the answer has been rated as not solving the matter.
    """
    letter = Letter.objects.get(pk=invitation.letter_id)
    current = (
        RatingInvitation.objects.select_related("rating").filter(pk=invitation.pk, round=letter.round).first()
    )
    if not may_object(letter, current):
        raise StepRefused("请先评价；对解决情况评价为1至2分的，可以要求重新办理。")
    _in_time(invitation, at)
    if letter.round >= rules.ROUNDS:
        take_step(letter, "escalate", actor=actor, at=at, seen_version=seen_version, reason=reason)
        return True
    _rehandle(letter, reason, actor, at, seen_version)
    return False


def _rehandle(letter: Letter, reason: str, actor: Actor, at: datetime, seen_version: int | None) -> None:
    period = term(letter.complexity or Complexity.COMPLEX)
    unit = letter.main_unit or letter.unit
    take_step(
        letter,
        "rehandle",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reason=reason,
        days=period.days,
        source=period.source,
    )
    drop_undecided(letter, at)
    if letter.due_on is not None:
        Assignment.objects.create(
            letter=letter,
            unit=unit,
            part=Part.MAIN,
            state=AssignmentState.SIGNED,
            given_on=timezone.localdate(at),
            due_on=letter.due_on,
        )
    tell_unit(
        letter,
        unit,
        (Role.CLERK, Role.APPROVER),
        "again",
        f"信箱来信须重新办理（{letter.number}）",
        f"请重新办理，答复期限至：{told_day(letter.due_on)}。",
        at,
    )
    tell_writer(
        letter,
        "again",
        f"您的来信正在重新办理（{letter.number}）",
        f"由{unit.name}重新办理，答复期限至：{told_day(letter.due_on)}。",
        at,
    )


@transaction.atomic
def conclude_supervision(
    *,
    case: Letter,
    verdict: str,
    note: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """The supervisors' finding, told to the writer. Raises StepRefused for anybody else, and for who works in the unit."""
    if not is_supervisor(actor):
        raise StepRefused("须由监督员办理。")
    if (case.main_unit_id or case.unit_id) in units_of(actor):
        raise StepRefused("您在承办单位任职，应当回避，请由其他监督员办理。")
    take_step(
        case,
        "conclude_supervision",
        actor=lent(actor, case, Role.SUPERVISOR),
        at=at,
        seen_version=seen_version,
        verdict=verdict,
        note=note,
    )
    tell_writer(
        case,
        "supervised",
        f"您的来信督查结果（{case.number}）",
        "督查意见可在查询页面查看。",
        at,
    )
