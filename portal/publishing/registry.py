"""The desks that the apps bring: one for each text that a round of review signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.units.choices import Role

RETURN = "return"
WITH_SECRECY = (Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER)


@dataclass(frozen=True)
class Desk:
    """The review of one text of a kind of case.

    `writes` are the steps that put words into the text: whoever took one of them signs none of it. `needs` are the roles that
    sign after the drafter. `new_text`: every round reviews a text of its own (a letter's next answer).
    """

    kind: str
    purpose: str
    writes: tuple[str, ...]
    needs: tuple[Role, ...] = WITH_SECRECY
    new_text: bool = False


@dataclass(frozen=True)
class Face:
    """What everyone sees of a kind of case, as far as taking it down needs to know.

    `is_public` at a moment; `digest` of all that is shown; `search_key` of its entry; `reindex` puts the entry back.
    """

    kind: str
    is_public: Callable[[Any, datetime], bool]
    digest: Callable[[Any], str]
    search_key: Callable[[Any], str]
    reindex: Callable[[Any, datetime], None]


DESKS: dict[tuple[str, str], Desk] = {}
FACES: dict[str, Face] = {}


def register_desk(desk: Desk) -> None:
    """Add a desk; called from an app's AppConfig.ready()."""
    DESKS[desk.kind, desk.purpose] = desk


def desk_of(kind: str, purpose: str) -> Desk:
    """The desk of a text; KeyError for one that no app registered. What comes back was written at any desk of the kind."""
    if purpose == RETURN:
        writes = {verb for desk in DESKS.values() if desk.kind == kind for verb in desk.writes}
        return Desk(kind, RETURN, tuple(sorted(writes)))
    return DESKS[kind, purpose]


def register_face(face: Face) -> None:
    """Say how a kind of case is seen by everyone; called from an app's AppConfig.ready()."""
    FACES[face.kind] = face


def face_of(kind: str) -> Face:
    """The face of a kind; KeyError for one without public pages of its own."""
    return FACES[kind]
