"""After the hearing: the record, the report; or its end without one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations.hearings.actions.desk import REPORT, sign
from consultations.hearings.actions.seats import tell
from consultations.hearings.choices import Place
from consultations.hearings.models import Hearing
from consultations.hearings.queries import drawn_numbers
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.jobs.outbox import enqueue
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.search import actions as finder


@transaction.atomic
def hold_hearing(
    *, case: Hearing, minutes: str, present: int, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Enter the record of what was said."""
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
    enqueue("hearings.index", key=f"hearing:{case.pk}:reported", hearing=case.pk)


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


@transaction.atomic
def cancel_hearing(
    *, case: Hearing, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Call it off; everybody who signed up is told."""
    take_step(case, "cancel_hearing", actor=actor, at=at, seen_version=seen_version, reason=reason)
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    for row in case.sign_ups.exclude(place=Place.WITHDRAWN):
        tell(row, "cancelled", "听证会已取消", f"理由：{reason.strip()}", "", at)


def index_hearing(*, hearing_id: int) -> None:
    """Renew the search entry of a hearing that was announced."""
    case: Any = Hearing.objects.select_related("unit").get(pk=hearing_id)
    if case.announced_at is None:
        return
    finder.index(
        kind="hearing",
        key=f"hearing:{case.public_id}",
        title=f"听证会：{case.title}"[:200],
        body=f"{case.matter}\n{case.report}",
        unit=case.unit,
        published_on=timezone.localdate(case.announced_at),
        url=reverse("hearings:detail", args=[case.public_id]),
    )
