"""How papers are handed over with the answer to a letter: who works on them, whose values no copy may hold."""

from __future__ import annotations

import uuid

from mailbox import queries
from mailbox.choices import KIND, State
from mailbox.models import Letter, Reply
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.records.rooms import Room


def find(actor: Actor, public_id: uuid.UUID) -> Letter:
    """The letter on its staff page; of a confidential report only for those who may know who wrote: proposals name people."""
    case = queries.find_handled(actor, public_id)
    if not queries.may_see_records(case, actor):
        raise NotFound("没有找到该信息。")
    return case


def find_own(actor: Actor, granted: frozenset[uuid.UUID], public_id: uuid.UUID) -> Letter:
    """The letter on its writer's page."""
    return queries.find_visible(actor, granted, public_id)


def letter(case: Letter) -> OfficialDocument | None:
    """The valid paper of this round's answer; None before it was issued."""
    rows = Reply.objects.filter(letter=case, round=case.round)
    answer = rows.select_related("document__file").first()
    paper = answer.document if answer is not None else None
    return paper if paper is not None and paper.status != DocumentStatus.VOID else None


def reached(case: Letter) -> bool:
    """True once this round's answer has gone out to the writer."""
    return case.state == State.ANSWERED and letter(case) is not None


ROOM = Room(
    kind=KIND,
    find=find,
    find_own=find_own,
    open_states=(State.HANDLING, State.DRAFTED),
    sealed=queries.group_values,
    own=lambda case: case.personal_values(),
    reached=reached,
    staff_url="workbench_mailbox:detail",
    own_url="mailbox:detail",
    letter=letter,
    person="来信人",
)
