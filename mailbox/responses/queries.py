"""The readers of public responses."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from mailbox.models import Letter
from mailbox.queries import in_office
from mailbox.responses.choices import State
from mailbox.responses.models import ResponseTask
from portal.cases.models import EventPayload
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.moments import begin_of
from portal.publishing.takedown import find_up, hidden_verbs, still_up
from portal.units.access import is_supervisor, units_of


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page; of the letters only their number."""

    case: ResponseTask
    verbs: list[str]
    steps: list[tuple[TimelineEntry, str]]
    letters: int


def published(now: datetime) -> QuerySet[Any]:
    """Responses that everyone may read, newest first, each with the number of its letters."""
    return still_up(_published(now))


def _published(now: datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = ResponseTask.objects.filter(state=State.PUBLISHED, published_at__lte=now)
    found: QuerySet[Any] = rows.select_related("unit").annotate(asked=Count("letters"))
    return found.order_by("-published_at", "-id")


def find_public(public_id: uuid.UUID, now: datetime) -> Any:
    """One of them; NotFound for any other."""
    return find_up(_published(now).filter(public_id=public_id), "没有找到该回应。")


def handled(actor: Actor) -> QuerySet[Any]:
    """The responses of the actor's units; the mailbox office and supervisors see all."""
    rows: QuerySet[Any] = ResponseTask.objects.all()
    if not is_supervisor(actor) and not in_office(actor):
        rows = rows.filter(unit_id__in=units_of(actor))
    found: QuerySet[Any] = rows.select_related("unit").annotate(asked=Count("letters"))
    return found.order_by("-id")


def find_handled(actor: Actor, public_id: uuid.UUID) -> Any:
    """One of them; NotFound for any other."""
    found = handled(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该回应。")
    return found


def staff_view(case: ResponseTask, actor: Actor, today: date) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(ResponseTask.VERB_ORDER)}
    hidden = {"order_response", *hidden_verbs(case, begin_of(today))} | (
        set() if case.body else {"submit_response"}
    )
    verbs = {entry.name for entry in available_steps(case, actor)} - hidden
    said = {row.event_id: row.text for row in EventPayload.objects.filter(event__case_id=case.pk)}
    return StaffView(
        case=case,
        verbs=sorted(verbs, key=lambda verb: order.get(verb, 99)),
        steps=[(entry, said.get(entry.event.pk, "")) for entry in timeline(case)],
        letters=case.letters.count(),
    )


def letters_by_id(keys: list[int]) -> QuerySet[Any]:
    """Letters that are not confidential, by their ids."""
    return Letter.objects.filter(pk__in=keys, confidential=False)
