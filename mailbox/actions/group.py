"""Many letters on one matter: put together under a leading one, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from mailbox.actions.lending import lent
from mailbox.actions.word import tell_writer
from mailbox.choices import State
from mailbox.models import Letter
from mailbox.queries import handled, is_possible_leader, mailbox_office
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StaleCase
from portal.holidays.told import told_day
from portal.units.choices import Role

MOST_AT_ONCE = 50


def letters_by_number(actor: Actor, numbers: Iterable[str]) -> list[Letter]:
    """The letters of these numbers, of those that the actor may see; InvalidInput names one that is not there."""
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers if number.strip()))
    if not wanted:
        raise InvalidInput("请填写来信编号", "numbers")
    if len(wanted) > MOST_AT_ONCE:
        raise InvalidInput(f"一次最多{MOST_AT_ONCE}件", "numbers")
    found = {letter.number: letter for letter in handled(actor).filter(number__in=wanted)}
    missing = [number for number in wanted if number not in found]
    if missing:
        raise InvalidInput(f"没有找到编号为{'、'.join(missing)}的来信", "numbers")
    return [found[number] for number in wanted]


@transaction.atomic
def merge(
    *,
    case: Letter,
    members: Iterable[Letter],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> int:
    """Put letters under this leading one; gives how many. All of them or none.

    A clerk of the mailbox office may merge any, a unit's clerk those that the unit holds.
    """
    leader: Any = Letter.objects.select_for_update().get(pk=case.pk)
    if seen_version is not None and leader.version != seen_version:
        raise StaleCase("主件刚刚有变动，请刷新页面查看后再办。")
    others = list(members)
    if any(member.pk == leader.pk for member in others):
        raise InvalidInput("不能把主件并入自身", "numbers")
    for member in others:
        take_step(
            member,
            "merge",
            actor=_standing(actor, member),
            at=at,
            leader_id=leader.pk,
            leader=str(leader.number),
            leader_fit=is_possible_leader(leader),
            closed=member.identity_closed,
            has_members=member.members.filter(state=State.MERGED).exists(),
        )
        tell_writer(
            member,
            "merged",
            f"您的来信与同一事项合并办理（{member.number}）",
            f"答复仍按您的来信编号单独告知您，答复期限至：{told_day(member.due_on)}。",
            at,
        )
    return len(others)


@transaction.atomic
def unmerge(
    *, case: Letter, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take a letter out again; it stands exactly where it stood before."""
    verb = "handle_alone" if case.merged_from == State.HANDLING else "unmerge"
    take_step(
        case,
        verb,
        actor=_standing(actor, case),
        at=at,
        seen_version=seen_version,
        comment=comment,
    )


def _standing(actor: Actor, case: Letter) -> Actor:
    """A clerk of the mailbox office acts on any letter; anybody else stands as they are."""
    office = actor.has_role(mailbox_office().pk, Role.CLERK)
    return lent(actor, case, Role.CLERK) if office else actor
