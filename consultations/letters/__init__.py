"""The facts of each paper, from the consultation: what issue() freezes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from consultations import rules
from consultations.choices import PolicyKind
from consultations.models import PublicConsultation
from consultations.queries.feedback import FeedbackRow, Totals
from consultations.queries.terms import period_of
from portal.core.wording import cn_date
from portal.holidays.calendars import calendar


def notice(case: PublicConsultation, path: str) -> dict[str, Any]:
    """That the public is asked: what about, until when, in which ways."""
    period = period_of(case.policy_kind)
    shorter = rules.is_shorter(case.opens_on, case.closes_on, period, calendar())
    return {
        "topic": case.title,
        "policy_kind": PolicyKind(case.policy_kind).label,
        "background": case.background,
        "opens_on": cn_date(case.opens_on),
        "closes_on": cn_date(case.closes_on),
        "shorter_reason": case.shorter_reason if shorter else "",
        "page": f"{settings.SITE_URL}{path}",
        "contact_name": case.contact_name,
        "contact_phone": case.contact_phone,
        "contact_email": case.contact_email,
        "contact_address": case.contact_address,
    }


def feedback(case: PublicConsultation, rows: Sequence[FeedbackRow], totals: Totals) -> dict[str, Any]:
    """What became of what was said: the words of the office, the numbers, every line."""
    return {
        "topic": case.title,
        "opens_on": cn_date(case.opens_on),
        "closes_on": cn_date(case.closes_on),
        "summary": case.feedback_summary,
        "received": totals.received,
        "totals": [[label, count] for label, count in totals.by_outcome],
        "rows": [
            [
                row.number,
                row.clause,
                f"{row.text}（相同意见{row.senders}条）" if row.senders > 1 else row.text,
                row.outcome_label,
                row.reason or row.target,
            ]
            for row in rows
        ],
    }
