"""The readers of hearings."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from consultations.hearings.choices import DRAWN_STATES, PUBLIC_STATES, Place, Subject
from consultations.hearings.models import Hearing, SignUp
from consultations.models import ConsultationTerm
from portal.cases.models import EventPayload
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.errors import NotFound, StepRefused
from portal.core.moments import begin_of
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.documents.queries import documents_of
from portal.privacy.crypto import keyed_digest
from portal.publishing.actions import digest_of
from portal.publishing.takedown import find_up, hidden_verbs, still_up
from portal.units.access import is_supervisor, units_of

TOKEN_USE = "hearing-link"  # noqa: S105  what the digest is for


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page; who signed up stays sealed here."""

    case: Hearing
    verbs: list[str]
    steps: list[tuple[TimelineEntry, str]]
    sign_ups: list[SignUp]
    documents: list[OfficialDocument]


def term_days(code: str) -> int:
    """A period of the administrator's table, in working days; StepRefused if the row is gone."""
    found = ConsultationTerm.objects.filter(code=code).values_list("days", flat=True).first()
    if found is None:
        raise StepRefused(f"期限表中没有“{code}”，请系统管理员补录。")
    return int(found)


def content_digest(case: Hearing) -> str:
    """What the review is bound to."""
    return digest_with(case, list(case.groups.order_by("id").values_list("title", "seats")))


def digest_with(case: Hearing, groups: list[tuple[str, int]]) -> str:
    """The same, with the seats that are about to be written."""
    return digest_of(
        case.title,
        case.matter,
        case.place,
        case.held_on.isoformat(),
        case.held_at.isoformat(),
        case.sign_up_from.isoformat(),
        case.sign_up_until.isoformat(),
        case.contact_phone,
        case.commitment,
        *(() if case.subject == Subject.OTHER else (case.subject,)),
        *(f"{title}:{seats}" for title, seats in groups),
    )


def listed() -> QuerySet[Any]:
    """Hearings that everyone may read, newest first."""
    return still_up(_announced())


def _announced() -> QuerySet[Any]:
    rows: QuerySet[Any] = Hearing.objects.filter(state__in=PUBLIC_STATES, announced_at__isnull=False)
    return rows.select_related("unit").order_by("-held_on", "-id")


def find_public(public_id: uuid.UUID) -> Hearing:
    """One of them; NotFound for any other."""
    found: Hearing = find_up(_announced().filter(public_id=public_id), "没有找到该听证会。")
    return found


@dataclass(frozen=True)
class FixedList:
    """The numbers that the draw is bound to, by group, and those that had withdrawn by then; shown before the seed."""

    groups: tuple[tuple[str, tuple[int, ...]], ...]
    withdrawn: tuple[int, ...]
    since: tuple[int, ...]
    digest: str


def fixed_list(case: Hearing) -> FixedList | None:
    """The list as the record keeps it, with who withdrew since; None before sign-up ended."""
    event = case.events.filter(kind="fix_list").order_by("seq").first()
    if event is None:
        return None
    listed_numbers = event.facts["numbers"]
    gone = case.sign_ups.filter(place=Place.WITHDRAWN).values_list("number", flat=True)
    kept = {number for numbers in listed_numbers.values() for number in numbers}
    return FixedList(
        groups=tuple((title, tuple(numbers)) for title, numbers in listed_numbers.items()),
        withdrawn=tuple(event.facts["withdrawn"]),
        since=tuple(sorted(number for number in gone if number in kept)),
        digest=event.digest,
    )


def public_papers(case: Hearing) -> QuerySet[OfficialDocument]:
    """The papers that everyone may have: not those that were made void."""
    return documents_of(case, internal=False).exclude(status=DocumentStatus.VOID)


def participants(case: Hearing) -> list[SignUp]:
    """Those who have a seat or wait for one, after the draw; names and telephones stay sealed until revealed."""
    if case.state not in DRAWN_STATES:
        return []
    rows = case.sign_ups.filter(place__in=[Place.SEAT, Place.SUBSTITUTE])
    return list(rows.select_related("group").order_by("group", "place", "number"))


def drawn_numbers(case: Hearing) -> list[tuple[str, int, list[int], list[int]]]:
    """(group, seats, numbers with a seat, substitutes) as they stand now; nothing before the draw."""
    if case.state not in DRAWN_STATES:
        return []
    rows = list(case.sign_ups.order_by("number"))
    return [
        (
            group.title,
            group.seats,
            [row.number for row in rows if row.group_id == group.pk and row.place == Place.SEAT],
            [row.number for row in rows if row.group_id == group.pk and row.place == Place.SUBSTITUTE],
        )
        for group in case.groups.order_by("id")
    ]


def token_digest(token: str) -> str:
    """Under which a link is stored."""
    return keyed_digest(token, TOKEN_USE)


def find_by_token(token: str) -> SignUp:
    """The sign-up behind its link; NotFound for any other token."""
    found = (
        SignUp.objects.filter(token_hash=token_digest(token)).select_related("hearing__unit", "group").first()
    )
    if found is None:
        raise NotFound("没有找到报名记录，请核对链接。")
    return found


def handled(actor: Actor) -> QuerySet[Any]:
    """The hearings of the actor's units; a supervisor sees all."""
    rows: QuerySet[Any] = Hearing.objects.all()
    if not is_supervisor(actor):
        rows = rows.filter(unit_id__in=units_of(actor))
    return rows.select_related("unit").order_by("-id")


def find_handled(actor: Actor, public_id: uuid.UUID) -> Hearing:
    """One of them; NotFound for any other."""
    found: Hearing | None = handled(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该听证会。")
    return found


def staff_view(case: Hearing, actor: Actor, today: date) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(Hearing.VERB_ORDER)}
    hidden = {"open_hearing", *hidden_verbs(case, begin_of(today))}
    if today <= case.sign_up_until or case.events.filter(kind="fix_list").exists():
        hidden.add("fix_list")
    if today <= case.sign_up_until:
        hidden.add("draw_seats")
    if case.papers_on is not None:
        hidden.add("send_papers")
    if today < case.held_on:
        hidden.add("hold_hearing")
    verbs = {entry.name for entry in available_steps(case, actor)} - hidden
    said = {row.event_id: row.text for row in EventPayload.objects.filter(event__case_id=case.pk)}
    return StaffView(
        case=case,
        verbs=sorted(verbs, key=lambda verb: order.get(verb, 99)),
        steps=[(entry, said.get(entry.event.pk, "")) for entry in timeline(case)],
        sign_ups=list(case.sign_ups.select_related("group").order_by("number")),
        documents=list(documents_of(case, internal=True)),
    )
