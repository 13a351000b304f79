"""What the applicant received, and when: no period of theirs runs on anything else (ADR 16).

A notice is received at once by whoever has an active account, and by whoever asked online, wants the papers on the page
and is told there is one by mail or mobile; by others when they open the page with the query code, or on the day that a
registered delivery shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from portal.core.limits import limit
from portal.core.telephone import mobile
from portal.core.workdays import WorkdayTerm
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from requests_app.choices import Channel, FeeState, State, Verdict
from requests_app.choices import Delivery as Wanted
from requests_app.models import CorrectionNotice, DisclosureRequest, FeeNotice, ReasonsInquiry

Row = CorrectionNotice | FeeNotice | ReasonsInquiry


@dataclass(frozen=True)
class NoticeKind:
    """A notice whose term runs from its receipt: its name, its paper, the field of its last day and that period's code."""

    code: str
    title: str
    paper: str
    until: str
    period: str


FEE = NoticeKind("fee", "收费通知书", "fee_notice", "pay_by", "requests.pay_by")
CORRECTION = NoticeKind("correction", "补正告知书", "correction_notice", "correct_by", "requests.correct_by")
REASONS = NoticeKind("reasons", "说明理由告知书", "reasons_notice", "answer_by", "requests.reasons_by")
KINDS = {kind.code: kind for kind in (FEE, CORRECTION, REASONS)}


def reached_online(case: DisclosureRequest) -> bool:
    """True if what is put on the applicant's page reaches them at once.

    They have an active account; or they hold the query code of what they asked for online, chose to get the papers there,
    and a message tells them. A mail carries no paper, so who chose mail has received nothing before the page is opened.
    """
    if case.applicant is not None:
        return case.applicant.is_active
    online = case.channel == Channel.ONLINE and case.delivery == Wanted.ONLINE
    return online and bool(case.email or mobile(case.phone))


def can_be_told(case: DisclosureRequest) -> bool:
    """True if a message goes to the applicant in some way: account, mail or mobile."""
    return reached_online(case) or bool(case.email or mobile(case.phone))


def received_at_once(case: DisclosureRequest, at: datetime) -> date | None:
    """Today for an applicant reached online, else None: not yet served."""
    return timezone.localdate(at) if reached_online(case) else None


def running(
    case: DisclosureRequest,
    *,
    fees: Iterable[FeeNotice] | None = None,
    reasons: Iterable[ReasonsInquiry] | None = None,
) -> list[tuple[NoticeKind, Row]]:
    """The notices to the applicant whose term runs, or waits for a receipt; what is loaded already may be given."""
    found: list[tuple[NoticeKind, Row]] = []
    if fees is None:
        fees = FeeNotice.objects.filter(request=case, state=FeeState.WAITING)
    found += [(FEE, fee) for fee in fees if fee.state == FeeState.WAITING]
    if case.state == State.AWAITING_CORRECTION:
        for notice in CorrectionNotice.objects.filter(request=case, corrected_on__isnull=True):
            found.append((CORRECTION, notice))
    if case.is_open:
        if reasons is None:
            reasons = ReasonsInquiry.objects.filter(request=case, verdict=Verdict.PENDING)
        found += [(REASONS, inquiry) for inquiry in reasons if inquiry.verdict == Verdict.PENDING]
    return found


def unserved(case: DisclosureRequest) -> list[tuple[NoticeKind, Row]]:
    """The running notices that are not known to have been received."""
    return [(kind, row) for kind, row in running(case) if row.received_on is None]


def ended_unserved(case: DisclosureRequest) -> list[tuple[NoticeKind, Row]]:
    """The notices that a request ended with before anybody was known to have received them."""
    rows: list[tuple[NoticeKind, Row]] = []
    rows += [
        (FEE, fee)
        for fee in FeeNotice.objects.filter(request=case, state=FeeState.CANCELLED).order_by("-pk")[:1]
    ]
    rows += [
        (CORRECTION, row) for row in CorrectionNotice.objects.filter(request=case, corrected_on__isnull=True)
    ]
    rows += [(REASONS, row) for row in ReasonsInquiry.objects.filter(request=case, verdict=Verdict.PENDING)]
    return [(kind, row) for kind, row in rows if row.received_on is None]


def term_from(kind: NoticeKind, row: Row, day: date, case: DisclosureRequest) -> WorkdayTerm:
    """The notice's term counted from `day`: as many working days as it was given."""
    return calendar().term(day, term_days(kind, row, case))


def term_days(kind: NoticeKind, row: Row, case: DisclosureRequest) -> int:
    if isinstance(row, FeeNotice):
        return limit("disclosure.fee_payment", on=case.law_day).days
    since = row.received_on or row.told_on
    return row.workdays or max(calendar().between(since, getattr(row, kind.until)), 1)


def term_to_come(kind: NoticeKind, row: Row, case: DisclosureRequest) -> str:
    """The term in working days of a notice that is still to be received; "" where the last day is known."""
    return "" if row.received_on is not None else f"{term_days(kind, row, case)}个工作日"


def by_when(kind: NoticeKind, row: Row, case: DisclosureRequest) -> str:
    """By when to answer the notice, for a message: the last day, or the term from its receipt."""
    term = term_to_come(kind, row, case)
    last: date = getattr(row, kind.until)
    return f"请自收到《{kind.title}》之日起{term}内" if term else f"请于{told_day(last)}前（含当日）"
