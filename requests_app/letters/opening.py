"""What every letter of a request says."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.core.wording import cn_date
from requests_app.choices import Delivery
from requests_app.models import DisclosureRequest
from requests_app.queries.remedies import contests_of, venue_of
from requests_app.remedies import remedy

MOST_PHRASE = 200


def information_of(case: DisclosureRequest) -> str:
    """What was asked, in one phrase."""
    name = f"{case.information_name}{f'（{case.information_number}）' if case.information_number else ''}"
    words = (name if case.information_name else case.information_number or case.description).strip()
    return words.rstrip("。") if len(words) <= MOST_PHRASE else f"{words[:MOST_PHRASE]}……（全文见申请表）"


def day(value: date | None) -> str:
    """A date in words, "" for none."""
    return cn_date(value) if value is not None else ""


def asked(case: DisclosureRequest) -> dict[str, Any]:
    """Number, day of receipt and what was asked: how every letter to the applicant begins."""
    return {
        "case_number": case.number,
        "received_on": day(case.received_on),
        "information": information_of(case),
        "you": case.addressed_as,
    }


def goes_online(case: DisclosureRequest) -> bool:
    """True if the applicant gets the papers through the internet."""
    return case.delivery in (Delivery.ONLINE, Delivery.EMAIL)


def remedy_against(case: DisclosureRequest, *kinds: str) -> str:
    """The remedy paragraphs against a paper that decides on matters of these kinds, in order."""
    return remedy(venue_of(case.unit, online=goes_online(case)), contests_of(*kinds), on=case.law_day)
