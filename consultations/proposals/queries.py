"""The readers of topics and suggestions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from consultations.models import ConsultationTerm
from consultations.proposals.choices import PUBLIC_STATES, State
from consultations.proposals.models import ProposalTopic, Suggestion, Support
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.errors import NotFound, StepRefused
from portal.core.moments import begin_of
from portal.publishing.takedown import find_up, hidden_verbs, still_up
from portal.units.access import is_supervisor, units_of


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page."""

    case: ProposalTopic
    verbs: list[str]
    steps: list[TimelineEntry]
    suggestions: list[Suggestion]
    supports: int


def term_days(code: str) -> int:
    """A period of the administrator's table, in working days; StepRefused if the row is gone."""
    found = ConsultationTerm.objects.filter(code=code).values_list("days", flat=True).first()
    if found is None:
        raise StepRefused(f"期限表中没有“{code}”，请系统管理员补录。")
    return int(found)


def listed(*, answered: bool | None = None) -> QuerySet[Any]:
    """Topics that everyone may read, newest first, with the number of supports."""
    rows: QuerySet[Any] = still_up(ProposalTopic.objects.filter(state__in=PUBLIC_STATES))
    if answered is not None:
        rows = rows.filter(state=State.ANSWERED) if answered else rows.exclude(state=State.ANSWERED)
    found: QuerySet[Any] = rows.select_related("unit").annotate(supported=Count("supports__account_id"))
    return found.order_by("-opened_at", "-id")


def find_public(public_id: uuid.UUID, account_id: int | None = None) -> ProposalTopic:
    """A topic that everyone may read, or one's own that is not open; NotFound for any other."""
    rows = ProposalTopic.objects.select_related("unit")
    found: ProposalTopic | None = rows.filter(public_id=public_id).first()  # type: ignore[assignment]  # its own manager
    if found is None or (found.state not in PUBLIC_STATES and found.applicant_id != account_id):
        raise NotFound("没有找到该议题。")
    if found.state not in PUBLIC_STATES and account_id is None:
        raise NotFound("没有找到该议题。")
    up: ProposalTopic = find_up(rows.filter(public_id=public_id), "没有找到该议题。")
    return up


def support_count(case: ProposalTopic) -> int:
    """How many support it."""
    return Support.objects.filter(topic=case).count()


def supports(case: ProposalTopic, account_id: int | None) -> bool:
    """True if the account supports it."""
    return account_id is not None and Support.objects.filter(topic=case, account_id=account_id).exists()


def suggestions_of(case: ProposalTopic) -> QuerySet[Suggestion]:
    """Its suggestions, newest first."""
    return Suggestion.objects.filter(topic=case).order_by("-number")


def handled(actor: Actor) -> QuerySet[Any]:
    """The topics of the actor's units; a supervisor sees all."""
    rows: QuerySet[Any] = ProposalTopic.objects.all()
    if not is_supervisor(actor):
        rows = rows.filter(unit_id__in=units_of(actor))
    return rows.select_related("unit").order_by("-id")


def find_handled(actor: Actor, public_id: uuid.UUID) -> ProposalTopic:
    """One of them; NotFound for any other."""
    found: ProposalTopic | None = handled(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该议题。")
    return found


def staff_view(case: ProposalTopic, actor: Actor, today: date) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(ProposalTopic.VERB_ORDER)}
    hidden = {"remove_suggestion", "reach_support", *hidden_verbs(case, begin_of(today))}
    if case.events.filter(kind="close_topic").exists():
        hidden.add("close_topic")
    if case.closes_on is not None and today <= case.closes_on:
        hidden.add("submit_answer")
    if case.closes_on is None or today <= case.closes_on:
        hidden.add("close_topic")
    verbs = {entry.name for entry in available_steps(case, actor)} & set(order) - hidden
    return StaffView(
        case=case,
        verbs=sorted(verbs, key=lambda verb: order[verb]),
        steps=timeline(case),
        suggestions=list(suggestions_of(case)[:200]),
        supports=support_count(case),
    )
