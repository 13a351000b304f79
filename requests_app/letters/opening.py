"""What every letter of a request says."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.core.wording import cn_date
from requests_app.models import DisclosureRequest, ReviewFirst
from requests_app.remedies import remedy


def information_of(case: DisclosureRequest) -> str:
    """What was asked, in one phrase."""
    name = f"{case.information_name}{f'（{case.information_number}）' if case.information_number else ''}"
    return (name if case.information_name else case.information_number or case.description)[:200].rstrip("。")


def day(value: date | None) -> str:
    """A date in words, "" for none."""
    return cn_date(value) if value is not None else ""


def asked(case: DisclosureRequest) -> dict[str, Any]:
    """Number, day of receipt and what was asked: how every letter to the applicant begins."""
    return {
        "case_number": case.number,
        "received_on": day(case.received_on),
        "information": information_of(case),
    }


def remedy_against(case: DisclosureRequest, *kinds: str) -> str:
    """The remedy paragraph; reconsideration comes first if the table says so for any of the kinds."""
    first = ReviewFirst.objects.filter(reply_kind__in=kinds, review_first=True).exists()
    return remedy(case.unit.review_body, case.unit.court, review_first=first)
