"""The readers of hearings."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from consultations.hearings.choices import PUBLIC_STATES, Place, State, Subject
from consultations.hearings.models import Hearing, SignUp
from consultations.models import ConsultationTerm
from portal.cases.models import EventPayload
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.errors import NotFound, StepRefused
from portal.documents.models import OfficialDocument
from portal.documents.queries import documents_of
from portal.privacy.crypto import keyed_digest
from portal.publishing.actions import digest_of
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
    groups = case.groups.order_by("id").values_list("title", "seats")
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
    rows: QuerySet[Any] = Hearing.objects.filter(state__in=PUBLIC_STATES, announced_at__isnull=False)
    return rows.select_related("unit").order_by("-held_on", "-id")


def find_public(public_id: uuid.UUID) -> Hearing:
    """One of them; NotFound for any other."""
    found: Hearing | None = listed().filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该听证会。")
    return found


def drawn_numbers(case: Hearing) -> list[tuple[str, int, list[int], list[int]]]:
    """(group, seats, numbers with a seat, substitutes) as they stand now; nothing before the draw."""
    if case.state not in (State.DRAWN, State.HELD, State.REPORT_APPROVING, State.REPORTED):
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
    hidden = {"open_hearing"}
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
