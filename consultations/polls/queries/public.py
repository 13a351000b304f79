"""What everyone may read of votes and surveys. No result before its time, not even a number."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from consultations.polls.choices import Secrecy, State
from consultations.polls.models import Ballot, Poll, Tally
from consultations.polls.queries.keys import link_of, receipt_digest
from portal.publishing.takedown import find_up, still_up


def _public(today: date) -> QuerySet[Any]:
    return still_up(_begun(today))


def _begun(today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Poll.objects.filter(approved_at__isnull=False)
    begun = Q(opens_on__lte=today) | Q(entries_from__isnull=False, entries_from__lte=today)
    return rows.filter(begun).select_related("unit")


def open_now(today: date) -> QuerySet[Any]:
    """Those that take votes or entries on that day, what ends first comes first."""
    return _public(today).filter(state=State.APPROVED, closes_on__gte=today).order_by("closes_on", "id")


def listed(today: date, *, stage: str = "") -> QuerySet[Any]:
    """The public list, newest first; stage "open", "closed" or "published"."""
    rows = _public(today)
    if stage == "open":
        return open_now(today)
    if stage == "published":
        rows = rows.filter(state=State.PUBLISHED)
    elif stage == "closed":
        rows = rows.filter(Q(state=State.COUNTED) | Q(state=State.APPROVED, closes_on__lt=today))
    return rows.order_by("-closes_on", "-id")


def find_public(public_id: uuid.UUID, today: date) -> Poll:
    """A poll that everyone may read on that day; NotFound for any other."""
    found: Poll = find_up(_begun(today).filter(public_id=public_id), "没有找到该投票调查。")
    return found


def sealed_tally(case: Poll) -> Tally | None:
    """The last sealed count."""
    return Tally.objects.filter(poll=case, sealed=True).order_by("-number").first()


def running_tally(case: Poll) -> Tally | None:
    """The running count, only of a poll that shows one."""
    if not case.shows_running or case.state != State.APPROVED:
        return None
    return Tally.objects.filter(poll=case, sealed=False).order_by("-number").first()


def poll_of_receipt(receipt: str, today: date) -> Poll | None:
    """The public poll in which a ballot with that receipt was cast."""
    polls = {receipt_digest(case, receipt): case for case in _public(today)}
    found = Ballot.objects.filter(receipt__in=list(polls)).values_list("receipt", flat=True).first()
    return polls[found] if found is not None else None


def own_ballot(case: Poll, who: str = "", receipt: str = "") -> Ballot | None:
    """A voter's own ballot, by who it is (where there is a link) or by the receipt."""
    rows = Ballot.objects.filter(poll=case)
    if receipt:
        return rows.filter(receipt=receipt_digest(case, receipt)).first()
    if who and case.secrecy != Secrecy.ANONYMOUS:
        return rows.filter(link=link_of(case, who)).first()
    return None
