"""How papers beside a draft are blackened and copied for everyone: who works on them, and when they are public."""

from __future__ import annotations

import uuid

from consultations import queries
from consultations.choices import KIND, State
from consultations.models import PublicConsultation
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.records.rooms import Room

BEFORE = (State.NEW, State.DRAFTING, State.REVIEWING, State.CLEARING, State.APPROVING, State.CANCELLED)


def find(actor: Actor, public_id: uuid.UUID) -> PublicConsultation:
    """The consultation on its staff page."""
    return queries.find_handled(actor, public_id)


def find_own(actor: Actor, granted: frozenset[uuid.UUID], public_id: uuid.UUID) -> PublicConsultation:
    """Nobody's own: everyone reads it on its public page."""
    raise NotFound("没有找到该意见征集。")


def reached(case: PublicConsultation) -> bool:
    """True once the draft has been announced."""
    return case.state not in BEFORE


ROOM = Room(
    kind=KIND,
    find=find,
    find_own=find_own,
    open_states=(State.DRAFTING,),
    sealed=lambda case: (),
    own=lambda case: (),
    reached=reached,
    staff_url="workbench_consultations:detail",
    own_url="consultations:detail",
    person="公众",
    shares=False,
)
