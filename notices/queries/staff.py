"""The units' pages of what they publish."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from notices.choices import NEEDS_HIGHER, OFFICE, State
from notices.models import Article, ArticleVersion, Column
from notices.queries.content import files_of, higher_unit
from portal.cases.models import CaseFile, EventPayload
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps, clock_of
from portal.core.actors import Actor
from portal.core.clock import ClockState
from portal.core.errors import NotFound
from portal.core.moments import begin_of
from portal.publishing.models import Review
from portal.units.access import is_supervisor, units_of
from portal.units.choices import Role
from portal.units.models import Unit

BY_ITSELF = frozenset({"open_item", "skip_leader", "skip_higher", "approve_higher"})


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page of an item."""

    case: Article
    verbs: list[str]
    clock: ClockState | None
    steps: list[tuple[TimelineEntry, str]]
    versions: list[ArticleVersion]
    reviews: list[Review]
    files: list[CaseFile]


def _is_higher(actor: Actor) -> bool:
    office = Unit.objects.filter(code=OFFICE).values_list("pk", flat=True).first()
    return office is not None and actor.has_role(office, Role.APPROVER)


def handled(actor: Actor) -> QuerySet[Any]:
    """The items of the actor's units, and those that wait for the office that looks at great matters."""
    rows: QuerySet[Any] = Article.objects.all()
    if not is_supervisor(actor):
        seen = Q(unit_id__in=units_of(actor))
        if _is_higher(actor):
            seen |= Q(route__in=NEEDS_HIGHER, state=State.HIGHER)
        rows = rows.filter(seen)
    return rows.select_related("unit", "column__unit").order_by("-id")


def waiting_higher(actor: Actor) -> QuerySet[Any]:
    """What waits for the review of the government office."""
    return handled(actor).filter(state=State.HIGHER) if _is_higher(actor) else Article.objects.none()


def find_handled(actor: Actor, public_id: uuid.UUID) -> Article:
    """One of the items that the actor may see; NotFound for any other."""
    found: Article | None = handled(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该信息。")
    return found


def columns_for(actor: Actor) -> QuerySet[Column]:
    """The open columns into which the actor may write."""
    units = [unit for unit, role in actor.roles if role == Role.CLERK and unit]
    rows: QuerySet[Column] = Column.objects.filter(unit_id__in=units, is_open=True).select_related("unit")
    return rows.order_by("unit__sort", "position")


def _not_now(case: Article, now: datetime) -> frozenset[str]:
    """Steps that the item's versions or kind rule out whatever its state is."""
    versions = list(case.versions.all())
    live = [row for row in versions if row.withdrawn_at is None]
    out = any(row.publish_at <= now for row in live)
    hidden = {
        "publish_urgently": case.route != "emergency",
        "drop_item": bool(live),
        "withdraw_item": not live,
        "set_validity": not out,
        "give_up_revision": not out,
        "discard_item": bool(versions),
    }
    return frozenset(verb for verb, is_hidden in hidden.items() if is_hidden)


def staff_view(case: Article, actor: Actor, today: date, now: datetime | None = None) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    now = now or begin_of(today + timedelta(days=1))
    order = {verb: index for index, verb in enumerate(Article.VERB_ORDER)}
    hidden = BY_ITSELF | _not_now(case, now)
    verbs = {entry.name for entry in available_steps(case, actor)} - hidden
    if case.state == State.HIGHER and actor.has_role(higher_unit(case).pk, Role.APPROVER):
        verbs |= {"approve_higher", "return_item"}
    said = {row.event_id: row.text for row in EventPayload.objects.filter(event__case_id=case.pk)}
    return StaffView(
        case=case,
        verbs=sorted(verbs, key=lambda verb: order.get(verb, 99)),
        clock=clock_of(case, as_of=today),
        steps=[(entry, said.get(entry.event.pk, "")) for entry in timeline(case)],
        versions=list(case.versions.order_by("-number")),
        reviews=list(case.reviews.prefetch_related("sign_offs__account")),
        files=list(files_of(case)),
    )
