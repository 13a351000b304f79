"""The writers of courses: a function for each verb."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.courses.choices import KIND, State
from consultations.courses.models import Course, Enrolment
from consultations.courses.queries import content_digest
from consultations.polls import questionnaire as q
from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.publishing.handing_on import tell_next
from portal.publishing.screening import refuse_personal
from portal.publishing.takedown import refuse_down
from portal.units.choices import Role
from portal.units.models import Unit

PREFIX = "P"
PURPOSE = "course"
MOST_ATTEMPTS = 10
GRACE = timedelta(minutes=5)
FIELDS = ("title", "intro", "material", "opens_on", "closes_on", "pass_mark")


@dataclass(frozen=True)
class Marked:
    """The answer to a quiz: the score in per cent, and whether it is enough."""

    score: int
    passed: bool


@transaction.atomic
def open_course(*, answers: dict[str, Any], unit: Unit, actor: Actor, at: datetime) -> Course:
    """Begin a course. Raises InvalidInput for days in the wrong order."""
    _check(answers)
    case = Course(unit=unit, officer_id=actor.account_id, quiz={"pages": [{"title": "", "questions": []}]})
    for name in FIELDS:
        setattr(case, name, answers[name])
    year = timezone.localdate(at).year
    case.number = take_case_number(PREFIX, KIND, year)
    open_case(case, "open_course", actor=actor, at=at)
    return case


def _check(answers: dict[str, Any]) -> None:
    if answers["closes_on"] < answers["opens_on"]:
        raise InvalidInput("截止日不能早于开始日", "closes_on")
    refuse_personal({name: answers[name] for name in ("title", "intro", "material")})


@transaction.atomic
def edit_course(
    *, case: Course, answers: dict[str, Any], actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Change the particulars and the material before it is signed. Raises InvalidInput like `open_course`."""
    _check(answers)
    for name in FIELDS:
        setattr(case, name, answers[name])
    digest = content_digest(case)
    take_step(case, "edit_course", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    for name in FIELDS:
        setattr(case, name, answers[name])
    case.save(update_fields=list(FIELDS))


@transaction.atomic
def recall_course(*, case: Course, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Call the submission back; what was signed so far counts no more."""
    review = desk.open_round(case, PURPOSE)
    take_step(case, "recall_course", actor=actor, at=at, seen_version=seen_version)
    desk.close_review(review=review, at=at)


@transaction.atomic
def put_question(
    *, case: Course, title: str, options: list[str], correct: list[int], actor: Actor, at: datetime
) -> None:
    """Add a question to the quiz; `correct` are the places of the right options, from 1.

    Raises InvalidInput for a question that cannot be asked or has no right option.
    """
    words = [text.strip() for text in options if text.strip()]
    if not correct or not all(1 <= place <= len(words) for place in correct):
        raise InvalidInput("请填写正确选项的序号", "correct")
    refuse_personal({"title": title, "options": "\n".join(words)})
    quiz = deepcopy(case.quiz)
    rows = quiz["pages"][0]["questions"]
    several = len(set(correct)) > 1
    rows.append(
        {
            "id": f"q{len(rows) + 1}",
            "kind": q.MULTIPLE if several else q.SINGLE,
            "title": title.strip(),
            "required": True,
            "options": [{"id": f"o{n}", "text": text} for n, text in enumerate(words, 1)],
            "least": 1 if several else 0,
            "most": len(words) if several else 0,
            "correct": sorted({f"o{place}" for place in correct}),
        }
    )
    problem = q.definition_problem(quiz)
    if problem:
        raise InvalidInput(problem, "options")
    _keep_quiz(case, quiz, actor, at)


@transaction.atomic
def drop_question(*, case: Course, question: str, actor: Actor, at: datetime) -> None:
    """Take a question out of the quiz; the others are numbered anew. Raises StepRefused for one that is not there."""
    quiz = deepcopy(case.quiz)
    rows = quiz["pages"][0]["questions"]
    kept = [row for row in rows if row["id"] != question]
    if len(kept) == len(rows):
        raise StepRefused("没有这道题。")
    for number, row in enumerate(kept, 1):
        row["id"] = f"q{number}"
    quiz["pages"][0]["questions"] = kept
    _keep_quiz(case, quiz, actor, at)


def _keep_quiz(case: Course, quiz: dict[str, Any], actor: Actor, at: datetime) -> None:
    case.quiz = quiz
    digest = content_digest(case)
    take_step(case, "edit_quiz", actor=actor, at=at, content_sha256=digest)
    case.quiz = quiz
    case.save(update_fields=["quiz"])


@transaction.atomic
def submit_course(*, case: Course, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Send it to the leader."""
    problem = q.definition_problem(case.quiz)
    if not problem:
        desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id)
    digest = content_digest(case)
    take_step(
        case,
        "submit_course",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=digest,
        problem=problem,
    )
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at)
    tell_next(case, Role.SECRECY_REVIEWER, "待保密审查", at)


@transaction.atomic
def clear_course(
    *, case: Course, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review of the material and the quiz agrees."""
    review = desk.open_round(case, PURPOSE)
    digest = content_digest(case)
    desk.sign(
        case=case,
        review=review,
        verb="clear_course",
        step=ReviewStep.SECRECY,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    tell_next(case, Role.APPROVER, "待签发", at)


@transaction.atomic
def offer_course(
    *, case: Course, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs."""
    review = desk.open_round(case, PURPOSE)
    digest = content_digest(case)
    desk.sign(
        case=case,
        review=review,
        verb="offer_course",
        step=ReviewStep.APPROVE,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
        today=timezone.localdate(at),
    )


@transaction.atomic
def return_course(
    *, case: Course, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send it back with a reason."""
    review = desk.open_round(case, PURPOSE)
    take_step(case, "return_course", actor=actor, at=at, seen_version=seen_version, comment=comment)
    desk.close_review(review=review, at=at)
    tell_next(case, Role.CLERK, "被退回修改", at)


@transaction.atomic
def cancel_course(
    *, case: Course, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Call it off."""
    refuse_personal({"reason": reason})
    take_step(case, "cancel_course", actor=actor, at=at, seen_version=seen_version, reason=reason)
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)


@transaction.atomic
def close_course(*, case: Course, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """End a course whose last day has passed; the certificates stay."""
    rows = Enrolment.objects.filter(course=case)
    take_step(
        case,
        "close_course",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=timezone.localdate(at - GRACE),
        enrolled=rows.count(),
        passed=rows.filter(passed_at__isnull=False).count(),
    )


def close_ended(*, at: datetime) -> int:
    """End every course whose last day has passed; gives how many."""
    ended = Course.objects.filter(state=State.OFFERED, closes_on__lt=timezone.localdate(at - GRACE))
    cases: list[Any] = list(ended.select_related("unit").order_by("pk"))
    for case in cases:
        close_course(case=case, actor=SYSTEM, at=at)
    return len(cases)


def is_public(case: Course, at: datetime) -> bool:
    """True if everyone may read it at that moment, were it not taken down."""
    return case.offered_at is not None and case.opens_on <= timezone.localdate(at)


def search_key(case: Course) -> str:
    """Courses have no entry in the index; the key that one would have."""
    return f"course:{case.public_id}"


def reindex(case: Course, at: datetime) -> None:
    """Nothing: courses have no entry in the index."""


def _running(case: Course, actor: Actor, at: datetime) -> int:
    if actor.account_id is None:
        raise StepRefused("请先登录。")
    if not case.is_running(timezone.localdate(at)):
        raise StepRefused("培训尚未开始、已经截止或者已经取消。")
    refuse_down(case)
    return actor.account_id


@transaction.atomic
def enrol(*, case: Course, name: str, actor: Actor, at: datetime) -> Enrolment:
    """Sign an account up under the name for the certificate; a second time gives the first."""
    account_id = _running(case, actor, at)
    if not name.strip():
        raise InvalidInput("请填写姓名，用于结业证书", "name")
    row, _ = Enrolment.objects.get_or_create(
        course=case, account_id=account_id, defaults={"name": name.strip(), "at": at}
    )
    return row


@transaction.atomic
def take_quiz(*, case: Course, sheet: Mapping[str, Any], actor: Actor, at: datetime) -> Marked:
    """Mark a sheet; who passes for the first time gets a numbered certificate.

    Raises StepRefused without an enrolment or after too many attempts, InvalidInput (field: the question) for a
    sheet that cannot be marked.
    """
    account_id = _running(case, actor, at)
    row = Enrolment.objects.select_for_update().filter(course=case, account_id=account_id).first()
    if row is None:
        raise StepRefused("请先报名。")
    if row.passed_at is None and row.attempts >= MOST_ATTEMPTS:
        raise StepRefused(f"测验最多{MOST_ATTEMPTS}次。")
    checked = q.check_sheet(q.read(case.quiz), sheet)
    if checked.problems:
        raise InvalidInput(checked.problems[0][1], checked.problems[0][0])
    score = score_of(case.quiz, checked.answers)
    row.attempts += 1
    row.best = max(row.best, score)
    if score >= case.pass_mark and row.passed_at is None:
        _certify(case, row, score, at)
    row.save()
    return Marked(score, score >= case.pass_mark)


def score_of(quiz: Mapping[str, Any], answers: Mapping[str, Any]) -> int:
    """The share of questions answered exactly right, in whole per cent."""
    rows = [entry for page in quiz["pages"] for entry in page["questions"]]
    right = 0
    for entry in rows:
        given = answers.get(entry["id"], [])
        right += sorted([given] if isinstance(given, str) else given) == entry["correct"]
    return right * 100 // len(rows) if rows else 0


def _certify(case: Course, row: Enrolment, score: int, at: datetime) -> None:
    today = timezone.localdate(at)
    facts = {"course": case.title, "passed_on": cn_date(today), "score": score}
    paper = issue(
        case, "course_certificate", unit=case.unit, actor=SYSTEM, at=at, facts=facts, addressee=row.name
    )
    take_step(case, "certify", actor=SYSTEM, at=at, number=paper.ordinal or 0, score=score)
    row.passed_at, row.certificate = at, paper
