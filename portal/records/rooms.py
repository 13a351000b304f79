"""What an app tells about its kind of case, and who offers what has been published: registered in AppConfig.ready()."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.units.choices import Role
from portal.units.models import Unit

Values = Callable[[Any], tuple[str, ...]]
EDITORS = (Role.CLERK,)
READERS = (Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER)


@dataclass(frozen=True)
class Room:
    """How records are kept for a kind of case.

    `find` gives the case on its staff pages, `find_own` on its own page (both raise NotFound); records change only in
    `open_states`. `sealed` are the case's personal values that no copy may hold, `own` those of them that are the
    applicant's. `reached` is true once the answer has gone out. `matters` are the numbers and words of what is answered
    one by one, `searches` the numbers and words of the search records. `staff_url` and `own_url` name the pages of a case. `letter` is
    the paper of the answer, None before it was issued. `parties` are those who are consulted, by key, and `party_values`
    what names one of them, `party_names` all of them whatever they answered, `may_object` is true as long as one of them may still say what it objects to. `person` is what the one is called who gets the answer; `shares` is
    false where what is given goes to everyone by itself, without a public copy of an answer.
    """

    kind: str
    find: Callable[[Actor, uuid.UUID], Any]
    find_own: Callable[[Actor, frozenset[uuid.UUID], uuid.UUID], Any]
    open_states: tuple[str, ...]
    sealed: Values
    own: Values
    reached: Callable[[Any], bool]
    staff_url: str
    own_url: str
    matters: Callable[[Any], Sequence[tuple[int, str]]] = lambda case: ()
    searches: Callable[[Any], Sequence[tuple[int, str]]] = lambda case: ()
    letter: Callable[[Any], Any] = lambda case: None
    parties: Callable[[Any], Sequence[tuple[int, str]]] = lambda case: ()
    party_values: Callable[[Any, int], tuple[str, ...]] = lambda case, party: ()
    party_names: Callable[[Any], Sequence[tuple[int, str]]] = lambda case: ()
    may_object: Callable[[Any, int], bool] = lambda case, party: False
    person: str = "申请人"
    shares: bool = True


@dataclass(frozen=True)
class Offered:
    """Something that a unit has published, as it is offered: a key to take it by, and what is known of it."""

    key: str
    title: str
    number: str
    made_on: date | None
    maker: str
    url: str


@dataclass(frozen=True)
class Taken:
    """Its file as everyone gets it."""

    name: str
    data: bytes
    offered: Offered


@dataclass(frozen=True)
class Shelf:
    """A place where published files are: `search` by words, `take` by key (None where it is not public any more)."""

    name: str
    search: Callable[[Unit, str, datetime], Sequence[Offered]]
    take: Callable[[Unit, str, datetime], Taken | None]


@dataclass
class _Known:
    rooms: dict[str, Room] = field(default_factory=dict)
    shelves: list[Shelf] = field(default_factory=list)


_known = _Known()


def register_room(room: Room) -> None:
    """Open the room for a kind of case."""
    _known.rooms[room.kind] = room


def register_shelf(shelf: Shelf) -> None:
    """Offer published files; one shelf of a name."""
    _known.shelves[:] = [*(one for one in _known.shelves if one.name != shelf.name), shelf]


def room_of(kind: str) -> Room:
    """The room of a kind; NotFound where no app opened one."""
    room = _known.rooms.get(kind)
    if room is None:
        raise NotFound("没有找到该页面。")
    return room


def has_room(kind: str) -> bool:
    """True if records can be kept for that kind of case."""
    return kind in _known.rooms


def offered(unit: Unit, words: str, at: datetime) -> list[Offered]:
    """What the unit has published and these words find."""
    return [row for shelf in _known.shelves for row in shelf.search(unit, words, at)]


def taken(unit: Unit, key: str, at: datetime) -> Taken | None:
    """The published file of a key."""
    return next((found for shelf in _known.shelves if (found := shelf.take(unit, key, at))), None)
