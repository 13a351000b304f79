"""The receipt of a submission: for a quarter of an hour the browser that submitted is shown the query code."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from portal.cases.intake import code_for, opens
from portal.cases.models import Case
from portal.core.numbering import grouped
from portal.privacy.crypto import SealBroken, seal, unseal
from portal.web.access import grant

RECEIPT_SECONDS = 15 * 60
SEALED_FOR = "receipt-key"


def keep_receipt(request: HttpRequest, slot: str, case: Case, key: str) -> None:
    """Let this browser see the case, and remember the submission's key, sealed, under `slot` of its session."""
    grant(request, case, code_for(case.public_id, key))
    receipts = request.session.get(slot, {})
    receipts[str(case.public_id)] = [seal(key.encode(), SEALED_FOR), int(timezone.now().timestamp())]
    request.session[slot] = receipts


def code_to_show(request: HttpRequest, slot: str, case: Case) -> str:
    """The query code in groups, to the browser that submitted and while it is fresh; "" otherwise or after a new code."""
    sealed, at = request.session.get(slot, {}).get(str(case.public_id), ["", 0])
    if not sealed or timezone.now().timestamp() - at >= RECEIPT_SECONDS:
        return ""
    try:
        code = code_for(case.public_id, unseal(sealed, SEALED_FOR).decode())
    except SealBroken:  # a session of before 2026-12 holds the key as it was
        return ""
    return grouped(code) if opens(case, code) else ""
