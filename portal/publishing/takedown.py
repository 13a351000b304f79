"""Taking down what is public, at once; bringing it back through a whole review."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.cases.models import Case
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.errors import NotFound, StepRefused
from portal.core.wording import cn_date
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.publishing.handing_on import tell_next
from portal.publishing.models import Review, TakeDown
from portal.publishing.registry import RETURN, WITH_SECRECY, face_of
from portal.publishing.screening import refuse_personal
from portal.search import actions as finder
from portal.units.choices import Role

ORDER = (ReviewStep.REVIEW, ReviewStep.SECRECY, ReviewStep.APPROVE)
VERB_OF = {
    ReviewStep.REVIEW: "review_return",
    ReviewStep.SECRECY: "clear_return",
    ReviewStep.APPROVE: "restore",
}
# Who goes on after a step of the return, and what waits for that one; "" is its beginning.
NEXT: dict[str, tuple[Role, str]] = {
    "": (Role.REVIEWER, "恢复公开待审核"),
    ReviewStep.REVIEW: (Role.SECRECY_REVIEWER, "恢复公开待保密审查"),
    ReviewStep.SECRECY: (Role.APPROVER, "恢复公开待签发"),
}
ALL_VERBS = frozenset({"take_down", "submit_return", "refuse_return", *VERB_OF.values()})


def still_up(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The cases of the rows whose public pages are not taken down."""
    down = TakeDown.objects.filter(lifted_at__isnull=True).values("case_id")
    return rows.exclude(pk__in=down)


def open_take_down(case: Case) -> TakeDown | None:
    """Why the case is down, None if it is not."""
    return TakeDown.objects.filter(case_id=case.pk, lifted_at__isnull=True).first()


def refuse_down(case: Case) -> None:
    """Raise StepRefused while the case is taken down: nobody takes part in what nobody sees."""
    if open_take_down(case) is not None:
        raise StepRefused("该内容已经撤下，现在不能参加。")


def find_up(rows: QuerySet[Any], sentence: str) -> Any:
    """The one public case of the rows; NotFound with the sentence, or with when and why it was taken down."""
    found = rows.first()
    if found is None:
        raise NotFound(sentence)
    down = open_take_down(found)
    if down is not None:
        day = cn_date(timezone.localdate(down.at))
        raise NotFound(f"该内容已于{day}撤下。理由：{down.reason}")
    return found


@transaction.atomic
def take_down(*, case: Any, reason: str, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Nobody outside sees anything of the case from now on, pages, lists, search and papers; its address says why."""
    refuse_personal({"reason": reason})
    lock(case)
    take_step(
        case,
        "take_down",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reason=reason,
        public=face_of(case.kind).is_public(case, at),
        is_down=open_take_down(case) is not None,
    )
    TakeDown.objects.create(case_id=case.pk, reason=reason.strip()[:200], at=at)
    tell_next(case, Role.CLERK, "已撤下", at)
    finder.drop(key=face_of(case.kind).search_key(case))


@transaction.atomic
def submit_return(*, case: Any, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Ask for it to be public again; three other people sign what it says now."""
    digest = face_of(case.kind).digest(case)
    if _open_round(case) is not None:
        raise StepRefused("恢复公开正在审核。")
    desk.check_signers(case=case, purpose=RETURN, at=at, submitter=actor.account_id, needs=WITH_SECRECY)
    take_step(
        case,
        "submit_return",
        actor=actor,
        at=at,
        seen_version=seen_version,
        is_down=open_take_down(case) is not None,
        content_sha256=digest,
    )
    desk.open_review(case=case, purpose=RETURN, content_sha256=digest, actor=actor, at=at, needs=WITH_SECRECY)
    tell_next(case, *NEXT[""], at)


def _open_round(case: Case) -> Review | None:
    return Review.objects.filter(case_id=case.pk, purpose=RETURN, closed_at__isnull=True).first()


def _waits(review: Review) -> str:
    signed = set(review.sign_offs.values_list("step", flat=True))
    return next((step.value for step in ORDER if step not in signed), "")


def _sign(
    case: Any, step: ReviewStep, actor: Actor, at: datetime, comment: str, seen_version: int | None
) -> None:
    review = desk.open_round(case, RETURN)
    digest = face_of(case.kind).digest(case)
    desk.sign(
        case=case,
        review=review,
        verb=VERB_OF[step],
        step=step,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
        waits=_waits(review),
    )
    if step in NEXT:
        tell_next(case, *NEXT[step], at)


@transaction.atomic
def review_return(
    *, case: Any, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Another person of the unit agrees."""
    _sign(case, ReviewStep.REVIEW, actor, at, comment, seen_version)


@transaction.atomic
def clear_return(
    *, case: Any, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review agrees."""
    _sign(case, ReviewStep.SECRECY, actor, at, comment, seen_version)


@transaction.atomic
def restore(
    *, case: Any, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs; everyone may read it again."""
    _sign(case, ReviewStep.APPROVE, actor, at, comment, seen_version)
    TakeDown.objects.filter(case_id=case.pk, lifted_at__isnull=True).update(lifted_at=at)
    face_of(case.kind).reindex(case, at)


@transaction.atomic
def refuse_return(
    *, case: Any, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """It stays down."""
    review = desk.open_round(case, RETURN)
    take_step(case, "refuse_return", actor=actor, at=at, seen_version=seen_version, comment=comment)
    desk.close_review(review=review, at=at)
    tell_next(case, Role.CLERK, "恢复公开被退回", at)


def hidden_verbs(case: Any, at: datetime) -> frozenset[str]:
    """The verbs of taking down and bringing back that are of no use on the staff page now."""
    if open_take_down(case) is None:
        public = face_of(case.kind).is_public(case, at)
        return ALL_VERBS - ({"take_down"} if public else set())
    review = _open_round(case)
    if review is None:
        return ALL_VERBS - {"submit_return"}
    return ALL_VERBS - {"refuse_return", VERB_OF[ReviewStep(_waits(review))]}
