"""After the hearing: the record, the report; or its end without one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations.hearings.actions.desk import REPORT, sign
from consultations.hearings.actions.seats import own_values, tell
from consultations.hearings.choices import PUBLIC_STATES, Place, State
from consultations.hearings.models import Hearing
from consultations.hearings.queries import content_digest, drawn_numbers
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.jobs.outbox import enqueue
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.publishing.handing_on import tell_next
from portal.publishing.screening import refuse_personal
from portal.publishing.takedown import open_take_down
from portal.search import actions as finder
from portal.units.choices import Role


@transaction.atomic
def hold_hearing(
    *, case: Hearing, minutes: str, present: int, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Enter the record of what was said."""
    _refuse_personal(case, minutes=minutes)
    take_step(
        case,
        "hold_hearing",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=timezone.localdate(at),
        minutes=minutes,
        present=present,
    )


@transaction.atomic
def submit_report(
    *, case: Hearing, report: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the report to the leader."""
    _refuse_personal(case, report=report, minutes=case.minutes)
    if report.strip():
        desk.check_signers(case=case, purpose=REPORT, at=at, submitter=actor.account_id)
    digest = desk.digest_of(report.strip(), case.minutes)
    take_step(
        case,
        "submit_report",
        actor=actor,
        at=at,
        seen_version=seen_version,
        report=report,
        content_sha256=digest,
    )
    desk.open_review(case=case, purpose=REPORT, content_sha256=digest, actor=actor, at=at)
    tell_next(case, Role.SECRECY_REVIEWER, "报告待保密审查", at)


def _refuse_personal(case: Hearing, **texts: str) -> None:
    """The record and the report name nobody who signed up, and hold nobody's number."""
    refuse_personal(texts, own_values=own_values(case), allowed=(case.contact_phone,))


@transaction.atomic
def clear_report(
    *, case: Hearing, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review of the report and the record agrees."""
    digest = desk.digest_of(case.report, case.minutes)
    sign(case, "clear_report", ReviewStep.SECRECY, REPORT, digest, actor, at, comment, seen_version)
    tell_next(case, Role.APPROVER, "报告待签发", at)


@transaction.atomic
def publish_report(
    *, case: Hearing, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs the report: it is issued and public."""
    digest = desk.digest_of(case.report, case.minutes)
    sign(case, "publish_report", ReviewStep.APPROVE, REPORT, digest, actor, at, comment, seen_version)
    seats = [[title, len(taken)] for title, _, taken, _ in drawn_numbers(case)]
    facts = {
        "topic": case.title,
        "when": f"{cn_date(case.held_on)}{case.held_at:%H:%M}",
        "place": case.place,
        "seats": seats,
        "report": case.report,
    }
    issue(case, "hearing_report", unit=case.unit, actor=actor, at=at, facts=facts)
    enqueue("hearings.index", key=f"hearing:{case.pk}:reported:{case.last_seq}", hearing=case.pk)


@transaction.atomic
def return_report(
    *, case: Hearing, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The leader sends the report back with a reason."""
    review = desk.open_round(case, REPORT)
    signers = desk.signers(review)
    take_step(
        case, "return_report", actor=actor, at=at, seen_version=seen_version, signers=signers, comment=comment
    )
    desk.close_review(review=review, at=at)
    tell_next(case, Role.CLERK, "报告被退回修改", at)


@transaction.atomic
def cancel_hearing(
    *, case: Hearing, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Call it off; everybody who signed up is told."""
    _refuse_personal(case, reason=reason)
    take_step(case, "cancel_hearing", actor=actor, at=at, seen_version=seen_version, reason=reason)
    enqueue("hearings.index", key=f"hearing:{case.pk}:cancelled:{case.last_seq}", hearing=case.pk)
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    for row in case.sign_ups.exclude(place=Place.WITHDRAWN):
        tell(row, "cancelled", "听证会已取消", f"理由：{reason.strip()}", "", at)


def is_public(case: Hearing, at: datetime | None = None) -> bool:
    """True if everyone may read anything of it, were it not taken down."""
    return case.announced_at is not None and case.state in PUBLIC_STATES


def search_key(case: Hearing) -> str:
    """The key of its entry in the index."""
    return f"hearing:{case.public_id}"


def shown_digest(case: Hearing) -> str:
    """All that everyone is shown now: the notice, the papers, the report once it is public."""
    told = (case.report, case.minutes) if case.state == State.REPORTED else ()
    return desk.digest_of(content_digest(case), case.papers, *told)


def reindex(case: Hearing, at: datetime) -> None:
    """Promise the entry in the index anew."""
    enqueue("hearings.index", key=f"hearing:{case.pk}:{case.last_seq}", hearing=case.pk)


@transaction.atomic
def index_hearing(*, hearing_id: int) -> None:
    """Renew the search entry of a hearing that was announced; one that was called off or taken down has none."""
    lock(Hearing.objects.get(pk=hearing_id))
    case: Any = Hearing.objects.select_related("unit").get(pk=hearing_id)
    if not is_public(case) or case.state == State.CANCELLED or open_take_down(case) is not None:
        finder.drop(key=search_key(case))
        return
    finder.index(
        kind="hearing",
        key=search_key(case),
        title=f"听证会：{case.title}"[:200],
        body=f"{case.matter}\n{case.report if case.state == State.REPORTED else ''}",
        unit=case.unit,
        published_on=timezone.localdate(case.announced_at),
        url=reverse("hearings:detail", args=[case.public_id]),
    )
