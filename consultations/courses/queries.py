"""The readers of courses."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from consultations.courses.choices import State
from consultations.courses.models import Course, Enrolment
from consultations.polls import questionnaire as q
from portal.cases.queries import TimelineEntry, timeline
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.moments import begin_of
from portal.publishing.actions import digest_of
from portal.publishing.takedown import find_up, hidden_verbs, still_up
from portal.units.access import is_supervisor, units_of


@dataclass(frozen=True)
class StaffView:
    """Everything on the unit's page; of the learners only their number."""

    case: Course
    verbs: list[str]
    steps: list[TimelineEntry]
    questions: list[tuple[str, str, list[tuple[str, bool]]]]
    enrolled: int
    passed: int


def content_digest(case: Course) -> str:
    """What the signature is bound to."""
    days = (case.opens_on.isoformat(), case.closes_on.isoformat())
    return digest_of(case.title, case.intro, case.material, *days, str(case.pass_mark), q.digest(case.quiz))


def listed(today: date) -> QuerySet[Any]:
    """Courses that everyone may read, newest first."""
    return still_up(_offered(today))


def _offered(today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Course.objects.filter(offered_at__isnull=False, opens_on__lte=today)
    return rows.select_related("unit").order_by("-closes_on", "-id")


def find_public(public_id: uuid.UUID, today: date) -> Course:
    """One of them; NotFound for any other."""
    found: Course = find_up(_offered(today).filter(public_id=public_id), "没有找到该培训。")
    return found


def enrolment_of(case: Course, account_id: int | None) -> Enrolment | None:
    """The account's enrolment."""
    if account_id is None:
        return None
    return Enrolment.objects.filter(course=case, account_id=account_id).select_related("certificate").first()


def handled(actor: Actor) -> QuerySet[Any]:
    """The courses of the actor's units; a supervisor sees all."""
    rows: QuerySet[Any] = Course.objects.all()
    if not is_supervisor(actor):
        rows = rows.filter(unit_id__in=units_of(actor))
    return rows.select_related("unit").order_by("-id")


def find_handled(actor: Actor, public_id: uuid.UUID) -> Course:
    """One of them; NotFound for any other."""
    found: Course | None = handled(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该培训。")
    return found


def marked_questions(quiz: Mapping[str, Any]) -> list[tuple[str, str, list[tuple[str, bool]]]]:
    """Each question as (id, title, options), an option as (text, whether it is right)."""
    return [
        (
            row["id"],
            row["title"],
            [(option["text"], option["id"] in row["correct"]) for option in row["options"]],
        )
        for page in quiz["pages"]
        for row in page["questions"]
    ]


def staff_view(case: Course, actor: Actor, today: date | None = None) -> StaffView:
    """The unit's page, with the steps that this actor may take now."""
    order = {verb: index for index, verb in enumerate(Course.VERB_ORDER)}
    day = today or case.opens_on
    hidden = set(hidden_verbs(case, begin_of(day)))
    if day <= case.closes_on:
        hidden.add("close_course")
    verbs = {entry.name for entry in available_steps(case, actor)} & set(order) - hidden
    counted = Enrolment.objects.filter(course=case).aggregate(
        enrolled=Count("pk"), passed=Count("pk", filter=Q(passed_at__isnull=False))
    )
    return StaffView(
        case=case,
        verbs=sorted(verbs, key=lambda verb: order[verb]),
        steps=timeline(case),
        questions=marked_questions(case.quiz),
        enrolled=counted["enrolled"],
        passed=counted["passed"],
    )


def is_draft(case: Course) -> bool:
    """True while the quiz may be changed."""
    return bool(case.state == State.DRAFTING)
