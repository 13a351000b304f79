"""The drafting unit's page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from consultations.choices import AFTER_CLOSE, State
from consultations.models import Clause, DraftVersion, PublicConsultation
from consultations.queries.comments import Tally, tally, to_review, undisposed
from consultations.queries.texts import (
    clauses_of,
    commented_version,
    revised_version,
    version_warnings,
    versions_of,
)
from portal.cases.models import CaseFile, EventPayload
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps, clock_of
from portal.core.actors import Actor
from portal.core.clock import ClockState
from portal.core.errors import NotFound
from portal.core.moments import begin_of
from portal.documents.models import OfficialDocument
from portal.documents.queries import documents_of
from portal.publishing.filechecks import FileRemark, remarks_on_file
from portal.publishing.models import Review
from portal.publishing.takedown import hidden_verbs
from portal.units.access import is_supervisor, units_of
from portal.units.choices import Role

BY_ITSELF = frozenset({"open_draft", "moderate", "dispose", "attach_paper"})


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page."""

    case: PublicConsultation
    verbs: list[str]
    clock: ClockState | None
    steps: list[tuple[TimelineEntry, str]]
    versions: list[DraftVersion]
    clauses: list[Clause]
    revised: DraftVersion | None
    revised_clauses: list[Clause]
    warnings: list[str]
    tally: Tally
    waiting: int
    undisposed: int
    reviews: list[Review]
    documents: list[OfficialDocument]
    files: list[tuple[CaseFile, list[FileRemark]]]
    may_confirm: bool
    after_close: bool


def handled(actor: Actor) -> QuerySet[Any]:
    """The consultations of the actor's units; a supervisor sees all."""
    rows: QuerySet[Any] = PublicConsultation.objects.all()
    if not is_supervisor(actor):
        rows = rows.filter(unit_id__in=units_of(actor))
    return rows.select_related("unit").order_by("-id")


def find_handled(actor: Actor, public_id: uuid.UUID) -> PublicConsultation:
    """One of them; NotFound for any other."""
    found: PublicConsultation | None = handled(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该意见征集。")
    return found


def staff_view(case: PublicConsultation, actor: Actor, today: date) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(PublicConsultation.VERB_ORDER)}
    hidden = set(BY_ITSELF | hidden_verbs(case, begin_of(today)))
    files = list(case.files.select_related("check_result__copy", "check_result__confirmed_by").order_by("id"))
    if not files:
        hidden.add("remove_paper")
    if case.state == State.ANNOUNCED and today <= case.closes_on:
        hidden.add("close")
    elif case.state == State.ANNOUNCED:
        hidden.add("prolong")
    if case.state == State.ANNOUNCED and today < case.opens_on:
        hidden.add("enter_comment")
    waiting = undisposed(case)
    if waiting:
        hidden.add("submit_feedback")
    verbs = {entry.name for entry in available_steps(case, actor)} - hidden
    said = {row.event_id: row.text for row in EventPayload.objects.filter(event__case_id=case.pk)}
    return StaffView(
        case=case,
        verbs=sorted(verbs, key=lambda verb: order.get(verb, 99)),
        clock=clock_of(case, as_of=today),
        steps=[(entry, said.get(entry.event.pk, "")) for entry in timeline(case)],
        versions=versions_of(case),
        clauses=clauses_of(commented_version(case)),
        revised=revised_version(case),
        revised_clauses=clauses_of(revised_version(case)),
        warnings=version_warnings(case),
        tally=tally(case),
        waiting=to_review(case).count(),
        undisposed=waiting,
        reviews=list(case.reviews.prefetch_related("sign_offs__account")),
        documents=list(documents_of(case, internal=True)),
        files=[(entry, remarks_on_file(entry)) for entry in files],
        may_confirm=actor.has_role(case.unit_id, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
        after_close=case.state in AFTER_CLOSE,
    )
