"""The kinds of case that the apps bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from portal.core.actors import Actor

if TYPE_CHECKING:
    from portal.cases.models import Case, CaseFile, CaseQuerySet


@dataclass(frozen=True)
class HandedFile:
    """A file that goes along: its name and its bytes; it is checked anew where it arrives."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Handover:
    """What a case that belongs to another procedure brings along: whose it is, what was written, and the files."""

    source: Case
    name: str
    phone: str
    email: str
    address: str
    topic: str
    text: str
    actor: Actor
    at: datetime
    files: tuple[HandedFile, ...] = ()


@dataclass(frozen=True)
class ReplyWords:
    """What was asked and what was answered, without personal data."""

    title: str
    question: str
    answer: str


@dataclass(frozen=True)
class CaseKind:
    """One kind of case: its model, its states, and where its pages are.

    `staff_url` and `citizen_url` are URL names taking the public id. `follow_up` narrows closed cases to those
    that still ask for something. `take_over` opens a case of this kind from one of another. `reply_words` gives the
    words of a reply for those who judge its quality; None for a case without a reply or one that they may not read.
    `tell_of_rejected` tells whoever handed a file in, and the unit, that it failed its check. `typed_title`: the title holds words that people typed, which may name anybody; it stays with the unit.
    `own_days_bind`: the house date is a limit of the city's own (办法第三条): past it a case is overdue.
    `contact` gives the mail address and the telephone of whoever brought it, to whom a new query code may go; `knows_person`
    says whether one of the staff may know who that is, beyond the unit's clerks.
    `turns` says whose turn it is in a state outside of a round of review: roles of the unit, () for nobody's (somebody
    outside, or time). A state that is not named is the clerk's.
    `give_officer` puts a case of this kind into the hands of one of the unit's people (case, officer, actor, at).
    `signed_on` names the page on which its texts are signed ("" for the case's own page); it takes the public id.
    `prefix` begins the numbers that run over the whole city; no two kinds have the same.
    """

    code: str
    title: str
    model: type[Case]
    states: tuple[str, ...]
    staff_url: str
    citizen_url: str
    state_labels: dict[str, str] = field(default_factory=dict)
    follow_up: Callable[[CaseQuerySet], CaseQuerySet] | None = None
    take_over: Callable[[Handover], Case] | None = None
    reply_words: Callable[[Any], ReplyWords | None] | None = None
    typed_title: bool = False
    tell_of_rejected: Callable[[CaseFile, datetime], None] | None = None
    turns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefix: str = ""
    own_days_bind: bool = False
    contact: Callable[[Any], tuple[str, str]] | None = None
    knows_person: Callable[[Any, Actor], bool] | None = None
    signed_on: str = ""
    give_officer: Callable[..., Any] | None = None


KINDS: dict[str, CaseKind] = {}
NOTES: dict[str, str] = {}
PREFIXES: dict[str, str] = {}


def register_kind(kind: CaseKind) -> None:
    """Add a kind; called from an app's AppConfig.ready(), so that a prefix of two kinds stops the start with ValueError."""
    if kind.prefix and PREFIXES.setdefault(kind.prefix, kind.code) != kind.code:
        raise ValueError(f"the prefix {kind.prefix} is registered for {PREFIXES[kind.prefix]} already")
    KINDS[kind.code] = kind


def kind_of(case: Case) -> CaseKind:
    """The kind of that case."""
    return KINDS[case.kind]


def in_full(case: Case) -> Any:
    """The row of the case's own kind, with everything that the kind adds to a case."""
    return kind_of(case).model._base_manager.select_related("unit").get(pk=case.pk)


def contact_of(case: Case) -> tuple[str, str]:
    """Mail address and telephone of whoever brought the case; "" for what is not known or not told."""
    reach = kind_of(case).contact
    return reach(in_full(case)) if reach is not None else ("", "")


def title_outside(case: Case) -> str:
    """A case's title as it may be sent round outside its unit: without what people typed, who may name anybody."""
    kind = KINDS.get(case.kind)
    if kind is not None and kind.typed_title:
        return f"{kind.title}（可能含个人信息，从略）"
    return case.title


def register_notes(labels: dict[str, str]) -> None:
    """Name events that others write into a case's log without a step of its own; called from AppConfig.ready()."""
    NOTES.update(labels)
