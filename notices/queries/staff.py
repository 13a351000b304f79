"""The units' pages of what they publish."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from notices.choices import NEEDS_HIGHER, OFFICE, State
from notices.models import Article, ArticleVersion, Column
from notices.queries.content import higher_unit
from portal.cases.models import CaseFile, EventPayload
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps, clock_of
from portal.core.actors import Actor
from portal.core.clock import ClockState
from portal.core.errors import NotFound
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


def staff_view(case: Article, actor: Actor, today: date) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(Article.VERB_ORDER)}
    hidden = set(BY_ITSELF)
    if case.route != "emergency":
        hidden.add("publish_urgently")
    if case.versions.exists():
        hidden.add("drop_item")
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
        files=list(
            case.files.select_related("check_result__copy", "check_result__confirmed_by").order_by("id")
        ),
    )
