"""Facts of the papers to and about those who are consulted; the applicant is in none of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.core.limits import Limit
from portal.core.wording import cn_date, listed
from portal.holidays.told import told_day
from portal.records.choices import Outcome
from portal.records.objections import objections_of
from requests_app.choices import SendBy
from requests_app.letters.intake import Named
from requests_app.letters.opening import asked, day
from requests_app.models import Consultation, DisclosureRequest
from requests_app.queries.remedies import venue_of
from requests_app.remedies import Contest, remedy


def consultation(entry: Consultation, period: Limit) -> dict[str, Any]:
    """What is asked, and within what time."""
    return {
        "you": entry.addressed_as,
        "case_number": entry.request.number,
        "asked": entry.asked,
        "limit": period.text,
        "answer_by": told_day(entry.answer_by),
        "due_on": told_day(entry.request.due_on),
    }


def third_party_notice(case: DisclosureRequest, sent_on: date) -> dict[str, Any]:
    """To the applicant: others are being asked."""
    return {**asked(case), "sent_on": cn_date(sent_on)}


def opinion_slip(entry: Consultation, files: Iterable[Named]) -> dict[str, Any]:
    """The opinion as it was given (第三方意见回执)."""
    rows = [
        ["征求对象", entry.get_kind_display()],
        ["名称", entry.name],
        ["征求意见的内容", entry.asked],
        ["收到之日", day(entry.received_on)],
        ["意见", entry.get_opinion_display()],
        ["理由", entry.reason or "无"],
        *([["在页面上标记", marks]] if (marks := _marks(entry)) else []),
        ["附件", listed(file.name for file in files) or "无"],
        ["提出意见之日", day(entry.answered_on)],
    ]
    return {"case_number": entry.request.number, "rows": rows}


def _marks(entry: Consultation) -> str:
    """What the party marked on the pages, in words; "" where it marked nothing."""
    rows = objections_of(entry.request, party=entry.pk)
    return "；".join(f"{row.place}（{row.why}）" for row in rows)


DECIDED = {
    Outcome.WITHHELD: "予以采纳，已隐去，不予公开",
    Outcome.IN_PART: "部分采纳，隐去一部分，其余决定公开",
    Outcome.GIVEN: "不予采纳，决定公开",
}


def third_party_decision(case: DisclosureRequest, entry: Consultation) -> dict[str, Any]:
    """To a third party: disclosed over its objection, and why."""
    return {
        "you": entry.addressed_as,
        "case_number": case.number,
        "sent_on": cn_date(entry.sent_on),
        "asked": entry.asked,
        "answered_on": day(entry.answered_on),
        "opinion": entry.get_opinion_display(),
        "reason": entry.override_reason,
        "marks": [
            {"place": row.place, "why": row.why, "outcome": DECIDED[row.outcome]}
            for row in objections_of(case, party=entry.pk)
        ],
        "remedy": remedy(
            venue_of(case.unit, online=entry.send_by == SendBy.ONLINE),
            [Contest("", review_first=False)],
            on=case.law_day,
        ),
    }
