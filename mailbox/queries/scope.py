"""Finding one letter, paper, file or link; a foreign one answers as an unknown one."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from mailbox.choices import OFFICE, SEEING, Part, State
from mailbox.models import Assignment, Letter, NamedReader, RatingInvitation
from portal.cases.choices import FileStatus
from portal.cases.models import CaseFile, CaseQuerySet
from portal.core.actors import Actor
from portal.core.errors import NotFound, StepRefused
from portal.documents.models import OfficialDocument
from portal.documents.queries import documents_of
from portal.privacy.crypto import keyed_digest
from portal.units.access import is_supervisor, units_of
from portal.units.choices import HANDLING_ROLES, Role
from portal.units.models import Unit

NOT_FOUND = "没有找到该来信，请核对编号。"
NO_LINK = "链接无效或者已经更换，请使用最近一次收到的链接。"
RATING_TOKEN = "mailbox-rating-token"  # noqa: S105  a purpose, not a secret
PERSONAL_FILES = "attachment"


def mailbox_office() -> Unit:
    """The unit that runs the letter box. Raises StepRefused if there is none."""
    office = Unit.objects.filter(code=OFFICE).first()
    if office is None:
        raise StepRefused("信箱办公室尚未设置，请联系系统管理员。")
    return office


def in_office(actor: Actor) -> bool:
    """True for somebody who works in the mailbox office."""
    units = units_of(actor)
    return bool(units) and Unit.objects.filter(code=OFFICE, pk__in=units).exists()


def may_recall(case: Letter, actor: Actor) -> bool:
    """True for whoever may call a letter back from its unit: the office's clerks and head, and supervisors."""
    office = mailbox_office()
    if case.applicant_id is not None and case.applicant_id == actor.account_id:
        return False
    return is_supervisor(actor) or actor.has_role(office.pk, Role.CLERK, Role.APPROVER)


def _one(found: QuerySet[Any]) -> Letter:
    case: Letter | None = found.select_related(
        "unit", "officer", "main_unit", "addressed_unit", "leader"
    ).first()
    if case is None:
        raise NotFound(NOT_FOUND)
    return case


def find_visible(actor: Actor, granted: frozenset[uuid.UUID], public_id: uuid.UUID) -> Letter:
    """The letter on its writer's page: an account's own, or opened by query code; NotFound otherwise."""
    own = Letter.objects.filter(public_id=public_id)
    if public_id in granted:
        return _one(own)
    if actor.account_id is None:
        raise NotFound(NOT_FOUND)
    return _one(own.filter(applicant_id=actor.account_id))


def handled(actor: Actor) -> QuerySet[Any]:
    """The letters that somebody's units may see: held, mainly handled, or assisted; all for the mailbox office
    and for supervisors."""
    if is_supervisor(actor) or in_office(actor):
        return Letter.objects.all()
    units = units_of(actor)
    assisted = Assignment.objects.filter(unit_id__in=units, part=Part.ASSIST, state__in=SEEING)
    return Letter.objects.filter(
        Q(unit_id__in=units) | Q(main_unit_id__in=units) | Q(pk__in=assisted.values("letter_id"))
    )


def find_handled(actor: Actor, public_id: uuid.UUID) -> Letter:
    """The letter on its staff page; NotFound for somebody whose unit has nothing to do with it.

    Raises StepRefused for the official who wrote it (回避).
    """
    case = _one(handled(actor).filter(public_id=public_id))
    if case.applicant_id is not None and case.applicant_id == actor.account_id:
        raise StepRefused("您是本件的来信人，应当回避；请在“我的来信”中查看和办理。")
    return case


def is_handled_by(case: Letter, actor: Actor) -> bool:
    """True if the letter's staff page is the actor's to see."""
    return handled(actor).filter(pk=case.pk).exists()


def may_know_writer(case: Letter, actor: Actor) -> bool:
    """True if this person may be shown who wrote.

    A confidential report: named persons only, whatever their role, as long as they work where they were named. Any other letter: those who handle it in the
    unit that holds it, in its main unit, or in the mailbox office; not assisting units, not supervisors.
    """
    if case.identity_closed:
        here = [unit for unit in (mailbox_office().pk, case.main_unit_id) if unit is not None]
        return (
            any(actor.has_role(unit, *HANDLING_ROLES) for unit in here)
            and actor.account_id is not None
            and NamedReader.objects.filter(letter=case, account_id=actor.account_id).exists()
        )
    knowing = (Role.CLERK, Role.REVIEWER, Role.APPROVER)
    units = [case.unit_id, case.main_unit_id, mailbox_office().pk]
    return any(actor.has_role(unit, *knowing) for unit in units if unit is not None)


def own_letters(account_id: int) -> QuerySet[Any]:
    """An account's own letters, newest first."""
    return Letter.objects.filter(applicant_id=account_id).select_related("unit").order_by("-id")


def supervised() -> QuerySet[Any]:
    """Letters that two answers did not satisfy and that have no finding yet; for supervisors, oldest first."""
    rows: Any = Letter.objects.filter(supervised_on__isnull=False, supervision_verdict="")
    found: QuerySet[Any] = rows.select_related("main_unit", "unit").order_by("supervised_on", "id")
    return found


def awaiting_supervision(cases: CaseQuerySet) -> CaseQuerySet:
    """Answered letters that the supervisors are looking at: they still ask for something."""
    open_matters = Letter.objects.filter(supervised_on__isnull=False, supervision_verdict="")
    return cases.filter(state=State.ANSWERED, pk__in=open_matters.values("pk"))


def assisting(actor: Actor) -> QuerySet[Assignment]:
    """Contributions that are waited for from the actor's units, what is due first comes first."""
    return (
        Assignment.objects.filter(part=Part.ASSIST, state="waiting", unit_id__in=units_of(actor))
        .select_related("letter__unit", "unit")
        .order_by("due_on", "id")
    )


def find_document(case: Letter, public_id: uuid.UUID, *, internal: bool) -> OfficialDocument:
    """A paper of the letter; NotFound if it is not one of this letter's, or for the office only."""
    paper = documents_of(case, internal=internal).filter(public_id=public_id).first()
    if paper is None:
        raise NotFound("没有找到该文书。")
    return paper


def files_to_hand_over(case: Letter) -> QuerySet[CaseFile]:
    """The writer's own files that go along when the letter goes on as another case; one that failed its check stays."""
    files: QuerySet[CaseFile] = case.files.filter(role=PERSONAL_FILES).exclude(status=FileStatus.REJECTED)
    return files.select_related("stored").order_by("id")


def find_file(case: Letter, public_id: uuid.UUID) -> CaseFile:
    """An attachment of the letter that passed its check."""
    found = case.files.select_related("stored").filter(public_id=public_id, status=FileStatus.CLEAN)
    entry = found.first()
    if entry is None:
        raise NotFound("没有找到该附件，或附件尚未通过安全检查。")
    return entry


def hash_token(token: str) -> str:
    """The digest under which a rating link is stored."""
    return keyed_digest(token, RATING_TOKEN)


def find_invitation(token: str) -> RatingInvitation:
    """The answer behind a rating link; NotFound for any other token."""
    found = (
        RatingInvitation.objects.select_related("letter__unit", "letter__main_unit", "rating")
        .filter(token_hash=hash_token(token))
        .first()
    )
    if found is None:
        raise NotFound(NO_LINK)
    return found


def invitation_of(case: Letter) -> RatingInvitation | None:
    """The invitation to rate the letter's last answer, if it has been answered."""
    return (
        RatingInvitation.objects.filter(letter=case, round=case.round).select_related("rating").first()
        if case.state == State.ANSWERED
        else None
    )


def may_see_records(case: Letter, actor: Actor) -> bool:
    """True if this person may see what was found for the answer: of a confidential report whoever may know who wrote,
    since what is proposed for blackening names people."""
    return not case.identity_closed or may_know_writer(case, actor)


def answered_together(case: Letter) -> list[Letter]:
    """The letters that get the same answer, this one first."""
    members: Any = case.members.all()
    return [case, *members, *([case.leader] if case.leader is not None else [])]


def group_values(case: Letter) -> tuple[str, ...]:
    """Every value that names or reaches a writer of this letter or of one that gets the same answer."""
    return tuple(value for letter in answered_together(case) for value in letter.personal_values())
