"""The applicant received something: by opening the page, by a receipt that came back, by one that is put right (ADR 16)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.cases.periods import up_to_date
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.clock import ClockFact
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import WorkdayTerm
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.holidays.calendars import calendar
from requests_app.choices import DECIDED_UNANSWERED, FeeState, SendBy
from requests_app.letters.opening import goes_online
from requests_app.models import Delivery, DisclosureRequest, FeeNotice
from requests_app.models.fee_steps import fee_pause
from requests_app.queries.receipts import (
    FEE,
    KINDS,
    NoticeKind,
    Row,
    can_be_told,
    ended_unserved,
    reached_online,
    received_at_once,
    running,
    term_days,
    term_from,
    unserved,
)

BY_EVIDENCE = "申请人凭查询码打开页面"


def clock_for(
    kind: NoticeKind, row: Row, received: WorkdayTerm, case: DisclosureRequest
) -> tuple[ClockFact, ...]:
    """How the clock takes a receipt: only the fee stops it for a stretch of its own."""
    if kind is not FEE:
        return ()
    return fee_pause(row.told_on, term_from(kind, row, row.told_on, case), received)


def keep_receipt(kind: NoticeKind, row: Row, term: WorkdayTerm, evidence: str) -> None:
    """Write the receipt and the term that runs from it."""
    row.received_on, row.receipt_evidence = term.since, evidence.strip()[:200]
    setattr(row, kind.until, term.last)
    row.save(update_fields=["received_on", "receipt_evidence", kind.until])


@transaction.atomic
def record_notice_receipt(
    *,
    case: DisclosureRequest,
    notice: str,
    received_on: date,
    evidence: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """The applicant received the notice (`correction` or `reasons`) on that day; its term counts from it.

    Raises StepRefused where no such notice waits for its receipt.
    """
    kind = KINDS.get(notice)
    row = next((row for found, row in unserved(case) if found is kind), None)
    if kind is None or row is None:
        raise StepRefused("没有等待登记收到日的告知书。")
    told = term_from(kind, row, row.told_on, case)
    term = calendar().term(received_on, told.days)
    take_step(
        case,
        "record_notice_receipt",
        actor=actor,
        at=at,
        seen_version=seen_version,
        notice=kind.title,
        told_on=row.told_on,
        received_on=received_on,
        evidence=evidence,
        ended_on=told.last,
        until=term.last,
    )
    keep_receipt(kind, row, term, evidence)


def waiting_fee(case: DisclosureRequest) -> FeeNotice:
    """The fee that is to be paid; StepRefused if there is none."""
    found = FeeNotice.objects.filter(request=case, state=FeeState.WAITING).first()
    if found is None:
        raise StepRefused("没有待缴纳的费用。")
    return up_to_date("requests.pay_by", found, calendar())  # type: ignore[no-any-return]


@transaction.atomic
def record_fee_receipt(
    *,
    case: DisclosureRequest,
    received_on: date,
    actor: Actor,
    at: datetime,
    evidence: str = "",
    seen_version: int | None = None,
) -> None:
    """The applicant received the notice on that day, by what `evidence` shows; the term to pay counts from it.

    Said once; after the term from sending has ended by an approver only (`amend_receipt` puts a wrong day right).
    """
    notice = waiting_fee(case)
    pay_by = term_from(FEE, notice, received_on, case)
    take_step(
        case,
        "record_fee_receipt",
        actor=actor,
        at=at,
        seen_version=seen_version,
        sent=term_from(FEE, notice, notice.told_on, case),
        received_on=received_on,
        evidence=evidence,
        pay_by=pay_by,
        already=notice.received_on is not None,
    )
    keep_receipt(FEE, notice, pay_by, evidence)


@transaction.atomic
def open_papers(*, case: DisclosureRequest, actor: Actor, at: datetime) -> bool:
    """Whoever opens the page has received what waits there; True if anything was waiting."""
    if not (_unread(case).exists() or unserved(case) or _unread_since_the_end(case)):
        return False
    lock(case)
    notices, rows, late = unserved(case), list(_unread(case)), _unread_since_the_end(case)
    if not notices and not rows and not late:
        return False
    today = timezone.localdate(at)
    terms = [(kind, row, term_from(kind, row, today, case)) for kind, row in notices]
    clock = tuple(fact for kind, row, term in terms for fact in clock_for(kind, row, term, case))
    titles = [kind.title for kind, _ in notices]
    titles += [paper.title for paper in (*late, *(entry.document for entry in rows))]
    take_step(case, "open_papers", actor=actor, at=at, notices=titles, clock=clock)
    for kind, row, term in terms:
        keep_receipt(kind, row, term, BY_EVIDENCE)
    for entry in rows:
        entry.delivered_on, entry.note = today, BY_EVIDENCE
        entry.save(update_fields=["delivered_on", "note"])
    online = {"request": case, "send_by": SendBy.ONLINE, "delivered_on": today, "note": BY_EVIDENCE}
    for paper in late:
        Delivery.objects.create(document=paper, **online)
    return True


def _unread_since_the_end(case: DisclosureRequest) -> list[OfficialDocument]:
    """Papers of an ended request that nobody is known to have received, the newest of each kind.

    Of notices the terms run again if the end does not hold; from the paper of the end the remedies count.
    """
    if case.is_open:
        return []
    known = Delivery.objects.filter(request=case).values("document")
    kinds = [*DECIDED_UNANSWERED, *(kind.paper for kind in KINDS.values())]
    papers = OfficialDocument.objects.filter(case=case, kind__in=kinds).exclude(status=DocumentStatus.VOID)
    newest = {paper.kind: paper for paper in papers.exclude(pk__in=known).order_by("pk")}
    if not newest:
        return []
    still = {*DECIDED_UNANSWERED, *(kind.paper for kind, _ in ended_unserved(case))}
    return [paper for kind, paper in newest.items() if kind in still]


def _unread(case: DisclosureRequest) -> Any:
    """Papers put online whose receipt is not known; of what was posted the receipt comes back."""
    rows = Delivery.objects.filter(request=case, send_by=SendBy.ONLINE, delivered_on__isnull=True)
    return rows.exclude(document__status="void").select_related("document")


def serve(case: DisclosureRequest, paper: OfficialDocument, at: datetime) -> Delivery | None:
    """Keep that a paper was put online, received today by whoever has an account; None if it goes out on paper."""
    if not reached_online(case) and not (goes_online(case) and can_be_told(case)):
        return None
    day = received_at_once(case, at)
    note = "发布至申请人查询页面" if day is not None else "发布至申请人查询页面，尚未登记收到"
    return Delivery.objects.create(
        request=case, document=paper, send_by=SendBy.ONLINE, delivered_on=day, note=note
    )


@transaction.atomic
def amend_receipt(
    *,
    case: DisclosureRequest,
    notice: str,
    received_on: date,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Put right the day on which the applicant received a running notice (`fee`, `correction` or `reasons`)."""
    kind = KINDS.get(notice)
    row = next((row for found, row in running(case) if found is kind), None)
    if kind is None or row is None or row.received_on is None:
        raise InvalidInput("请选择已经登记收到日的告知书", "notice")
    term = calendar().term(received_on, term_days(kind, row, case))
    if kind is FEE:
        by = entered_by(case, "record_fee_receipt")
    else:
        by = entered_by(case, "record_notice_receipt", notice=kind.title)
    take_step(
        case,
        "amend_receipt",
        actor=actor,
        at=at,
        seen_version=seen_version,
        notice=kind.title,
        told_on=row.told_on,
        received_on=received_on,
        reason=reason,
        entered_by=by,
        until=term.last,
        clock=clock_for(kind, row, term, case),
    )
    keep_receipt(kind, row, term, reason)


def entered_by(case: DisclosureRequest, *verbs: str, **about: object) -> int | None:
    """Who took the last of these steps, about that position or paper; None if nobody of the office did."""
    steps = case.events.filter(kind__in=verbs, actor_kind="staff")
    last = steps.filter(**{f"facts__{name}": value for name, value in about.items()}).order_by("-seq").first()
    return last.actor_id if last is not None else None


def receive_by(case: DisclosureRequest, delivery: Delivery, actor: Actor, at: datetime) -> None:
    """A registered delivery of a running notice is its receipt: the term counts from it."""
    day, how = delivery.delivered_on, f"{delivery.get_send_by_display()}，送达登记"
    for kind, _ in unserved(case):
        if kind.paper != delivery.document.kind or day is None:
            continue
        facts: dict[str, Any] = {"case": case, "received_on": day, "evidence": how, "actor": actor, "at": at}
        if kind is FEE:
            record_fee_receipt(**facts)
        else:
            record_notice_receipt(notice=kind.code, **facts)


def amend_by(
    case: DisclosureRequest, delivery: Delivery, before: date | None, reason: str, actor: Actor, at: datetime
) -> None:
    """A delivery that was put right moves the receipt that was taken from it (`before` is its former day), and so the term."""
    day = delivery.delivered_on
    for kind, row in running(case):
        if kind.paper != delivery.document.kind or day is None or row.received_on != before or day == before:
            continue
        if before is None:
            receive_by(case, delivery, actor, at)
        else:
            amend_receipt(case=case, notice=kind.code, received_on=day, reason=reason, actor=actor, at=at)
