"""The three ledgers (受理台账, 办理台账, 救济台账) behind a year's figures; nobody is named in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from portal.cases.steps import clock_of
from portal.publishing.screening import screen
from requests_app.annual.figures import Figures
from requests_app.annual.lives import Life
from requests_app.annual.rows import COLUMN_TITLES, HANDLED, NEW, ROW_TITLES, TOTAL
from requests_app.choices import RemedyResult
from requests_app.models import DisclosureRequest, Remedy

Value = str | int | date | None

HIDDEN = "（含个人信息，从略）"
DESCRIBED = "按描述查找的政府信息"


@dataclass(frozen=True)
class Ledger:
    """One ledger: its name, its heads, its rows in order of coming in."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def ledgers(found: Figures) -> tuple[Ledger, Ledger, Ledger]:
    """What came in, what was handled, and what went to reconsideration or to court in the year."""
    lives = {life.case_id: life for life in found.lives}
    return (
        Ledger(
            "受理台账",
            ("编号", "机关", "收到日", "提交渠道", "申请人类型", "申请内容", "答复期限", "当前状态"),
            tuple(_received(case, lives[case.pk]) for case in _cases(found, NEW)),
        ),
        Ledger(
            "办理台账",
            ("编号", "机关", "收到日", "办结日", "办理结果", "所用工作日", "是否逾期"),
            tuple(_handled(case, lives[case.pk]) for case in _cases(found, HANDLED)),
        ),
        Ledger(
            "救济台账",
            ("编号", "机关", "途径", "受理机关", "案号", "受理日", "结果", "审结日"),
            tuple(_contested(found)),
        ),
    )


def _cases(found: Figures, row: str) -> QuerySet[Any]:
    cases: QuerySet[Any] = DisclosureRequest.objects.filter(pk__in=found.requests[row, TOTAL])
    return (
        cases.select_related("unit")
        .prefetch_related("clock_entries", "former_applicants", "consultations")
        .order_by("pk")
    )


def _received(case: DisclosureRequest, life: Life) -> tuple[Value, ...]:
    return (
        case.number,
        case.unit.short_name,
        life.received_on,
        case.get_channel_display(),
        COLUMN_TITLES[life.column],
        asked(case),
        case.due_on,
        case.state_label(),
    )


def asked(case: DisclosureRequest) -> str:
    """What was asked, as a list may show it: the sealed description never, and nothing that names anybody."""
    name = "，".join(part for part in (case.information_name, case.information_number) if part)
    if any(finding.blocks for finding in screen(name, case.personal_values())):
        return HIDDEN
    return name or DESCRIBED


def _handled(case: DisclosureRequest, life: Life) -> tuple[Value, ...]:
    clock = clock_of(case, as_of=life.closed_on)
    late = life.late
    if late is None and case.due_on is not None and life.closed_on is not None:
        late = life.closed_on > case.due_on
    return (
        case.number,
        case.unit.short_name,
        life.received_on,
        life.closed_on,
        ROW_TITLES[life.row],
        clock.elapsed if clock is not None else None,
        "不适用" if late is None else "逾期" if late else "按期",
    )


def _contested(found: Figures) -> Iterator[tuple[Value, ...]]:
    """As things stood at the year's end: what ended later was pending."""
    ids = {pk for (_, result), pks in found.remedies.items() if result == TOTAL for pk in pks}
    last = date(found.year, 12, 31)
    for remedy in Remedy.objects.filter(pk__in=ids).select_related("request__unit").order_by("pk"):
        ended = remedy.ended_on is not None and remedy.ended_on <= last
        yield (
            remedy.request.number,
            remedy.request.unit.short_name,
            remedy.get_kind_display(),
            remedy.body,
            remedy.number,
            remedy.filed_on,
            remedy.get_result_display() if ended else str(RemedyResult.PENDING.label),
            remedy.ended_on if ended else None,
        )
