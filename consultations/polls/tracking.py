"""A ballot's receipt typed into the tracking box: which poll it belongs to, and whether it is counted."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from consultations.polls import queries
from consultations.polls.choices import State

RECEIPT = re.compile(r"[0-9a-f]{20}")


def ballot_of_receipt(request: HttpRequest, typed: str) -> HttpResponse | None:
    """The page of that receipt; None for what is no receipt of a ballot, or of none that was cast."""
    receipt = typed.strip().lower()
    if not RECEIPT.fullmatch(receipt):
        return None
    case = queries.poll_of_receipt(receipt, timezone.localdate())
    if case is None:
        return None
    tally = queries.sealed_tally(case) if case.state == State.PUBLISHED else None
    listed = tally is not None and queries.receipt_digest(case, receipt) in tally.data["receipts"]
    context = {"case": case, "given": receipt, "listed": listed, "asked": True, "counting": tally is None}
    return render(request, "polls/check.html", context)
