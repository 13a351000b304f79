"""The mailbox office's first look: accepted, not accepted, told another way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mailbox import letters
from mailbox.actions.papers import issue_paper
from mailbox.actions.word import tell_writer
from mailbox.choices import Complexity, DeclineReason, State
from mailbox.models import Letter
from mailbox.queries import files_to_hand_over, term
from portal.cases.actions import hand_over as hand_case_over
from portal.cases.registry import HandedFile, Handover
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.holidays.told import told_day

CLOSED = (
    "保密举报的来信人身份不得转出，不能直接转为依申请公开；请办理“不予受理”，选择“属于政府信息公开申请”，"
    "告知来信人自行提出申请。"
)


@transaction.atomic
def accept(
    *,
    case: Letter,
    complexity: str,
    actor: Actor,
    at: datetime,
    urgent: bool = False,
    seen_version: int | None = None,
) -> None:
    """Accept the letter: the reply clock starts today, and the writer gets the 受理告知书 with the due date."""
    if complexity not in Complexity.values:
        raise InvalidInput("请选择简单事项或者复杂事项", "complexity")
    period = term(complexity)
    take_step(
        case,
        "accept",
        actor=actor,
        at=at,
        seen_version=seen_version,
        complexity=complexity,
        urgent=urgent,
        days=period.days,
        source=period.source,
    )
    issue_paper(case, "mailbox_receipt", unit=case.unit, actor=actor, at=at, facts=letters.receipt(case))
    tell_writer(
        case,
        "accepted",
        f"您的来信已受理（{case.number}）",
        f"答复期限至：{told_day(case.due_on)}。",
        at,
    )


@transaction.atomic
def decline(
    *,
    case: Letter,
    reason: str,
    note: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Do not accept, with a reason from the closed list; a disclosure request is handed over instead.

    Of a confidential report the identity stays closed: it is declined with the way to go, and opens no request.
    """
    if reason == DeclineReason.DISCLOSURE and not case.identity_closed:
        hand_over(case=case, note=note, actor=actor, at=at, seen_version=seen_version)
        return
    _refuse_for_members(case)
    take_step(case, "decline", actor=actor, at=at, seen_version=seen_version, reason=reason, note=note)
    issue_paper(case, "mailbox_decline", unit=case.unit, actor=actor, at=at, facts=letters.decline(case))
    tell_writer(
        case,
        "declined",
        f"您的来信不予受理（{case.number}）",
        "理由和可以采取的途径见《不予受理告知书》。",
        at,
    )


@transaction.atomic
def hand_over(
    *, case: Letter, actor: Actor, at: datetime, note: str = "", seen_version: int | None = None
) -> None:
    """Close a letter that is a disclosure request; it goes on as one, linked to the letter, in the same transaction.

    The other app is reached through the docket's registry; its period counts from its own registration.
    Raises StepRefused for a confidential report: a request names its applicant to everybody who handles it.
    """
    if case.identity_closed:
        raise StepRefused(CLOSED)
    _refuse_for_members(case)
    take_step(case, "hand_over", actor=actor, at=at, seen_version=seen_version, note=note)
    brought = Handover(
        source=case,
        name=case.name,
        phone=case.phone,
        email=case.email,
        address=case.residence,
        topic=case.topic,
        text=case.text,
        actor=actor,
        at=at,
        files=tuple(HandedFile(entry.name, entry.stored.read()) for entry in files_to_hand_over(case)),
    )
    hand_case_over(kind="disclosure", handover=brought)


def _refuse_for_members(case: Letter) -> None:
    if case.members.filter(state=State.MERGED).exists():
        raise StepRefused("本件是其他来信的主件，请先撤销并件。")
