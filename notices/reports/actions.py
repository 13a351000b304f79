"""The writers of error reports: a function for each verb."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from notices.choices import OFFICE
from notices.reports.choices import KIND, Origin, Sort
from notices.reports.models import ErrorReport
from notices.reports.models.steps import READERS
from notices.reports.queries import owner_of, path_of
from portal.cases.intake import code_for, hash_code
from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.limits import limit
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import people_with

PREFIX = "E"
MOST_TEXT = 1000


def _new(*, page: str, sort: str, text: str, email: str, key: str, origin: str) -> tuple[ErrorReport, Unit]:
    path = path_of(page)
    if not path:
        raise InvalidInput("请填写本网站公开网页的地址", "page")
    if sort not in Sort.values:
        raise InvalidInput("请选择问题类型", "sort")
    if not text.strip():
        raise InvalidInput("请说明哪里有误、应当是什么", "text")
    owner = owner_of(path)
    case = ErrorReport(
        title=f"网页纠错：{Sort(sort).label}",
        page=path,
        item=owner.article,
        sort=sort,
        origin=origin,
        text=text.strip()[:MOST_TEXT],
        email=email.strip(),
        form_key=key,
    )
    return case, owner.unit


def _number(case: ErrorReport, unit: Unit, at: datetime) -> None:
    year = timezone.localdate(at).year
    case.number = take_case_number(PREFIX, KIND, year)


@transaction.atomic
def report_error(
    *, page: str, sort: str, text: str, email: str = "", key: str, actor: Actor, at: datetime
) -> ErrorReport:
    """Somebody found an error on a public page; the same key gives the same report.

    Raises InvalidInput (page, sort, text) for a page that is not a public one of this site, or without words.
    """
    again: Any = ErrorReport.objects.filter(form_key=key).first()
    if again is not None:
        return again  # type: ignore[no-any-return]
    case, unit = _new(page=page, sort=sort, text=text, email=email, key=key, origin=Origin.PUBLIC)
    case.unit, case.applicant_id = unit, actor.account_id
    case.code_hash = hash_code(code_for(case.public_id, key))
    _number(case, unit, at)
    open_case(case, "report_error", actor=actor, at=at, **_clock(at), page=case.page)
    _tell_unit(case, at)
    return case


@transaction.atomic
def note_finding(*, page: str, sort: str, text: str, key: str, actor: Actor, at: datetime) -> ErrorReport:
    """The person on duty found an error; it goes to the unit that keeps the page. Readers of every unit note what they
    find, whoever keeps it (办法第二十二条)."""
    again: Any = ErrorReport.objects.filter(form_key=key).first()
    if again is not None:
        return again  # type: ignore[no-any-return]
    case, unit = _new(page=page, sort=sort, text=text, email="", key=key, origin=Origin.DUTY)
    case.unit = _reading_for(actor)
    _number(case, case.unit, at)
    open_case(case, "note_finding", actor=actor, at=at, **_clock(at), page=case.page, unit_id=unit.pk)
    case.unit = unit
    _tell_unit(case, at)
    return case


def _reading_for(actor: Actor) -> Unit:
    """The unit for which this person reads: the government office, else the first of his own."""
    office = Unit.objects.get(code=OFFICE)
    own = sorted(unit for unit, role in actor.roles if unit and role in READERS)
    return office if office.pk in own or not own else Unit.objects.get(pk=own[0])


def _clock(at: datetime) -> dict[str, Any]:
    today = timezone.localdate(at)
    return {"today": today, "days": limit("publishing.error_report", on=today).days}


def _tell_unit(case: ErrorReport, at: datetime) -> None:
    for account in people_with(case.unit, Role.CLERK, Role.PUBLISHER, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:unit:{case.last_seq}:{account.pk}",
            subject=f"网页纠错待处理（{case.number}）",
            body=f"{case.get_sort_display()}，{case.page}",
            link=reverse("workbench_reports:detail", args=[case.public_id]),
            at=at,
        )


@transaction.atomic
def pass_on_report(
    *,
    case: ErrorReport,
    unit: Unit,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Hand it to the unit that keeps the page."""
    take_step(
        case,
        "pass_on_report",
        actor=actor,
        at=at,
        seen_version=seen_version,
        unit_id=unit.pk,
        unit=unit.name,
        reason=reason,
    )
    case.unit = unit
    _tell_unit(case, at)


@transaction.atomic
def fix_error(
    *, case: ErrorReport, answer: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Say what was put right; the reporter is told."""
    _answer(case, "fix_error", "已更正", answer, actor, at, seen_version)


@transaction.atomic
def find_no_error(
    *, case: ErrorReport, answer: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Say why the page is right; the reporter is told."""
    _answer(case, "find_no_error", "经核无误", answer, actor, at, seen_version)


def _answer(
    case: ErrorReport, verb: str, said: str, answer: str, actor: Actor, at: datetime, seen: int | None
) -> None:
    take_step(case, verb, actor=actor, at=at, seen_version=seen, answer=answer, today=timezone.localdate(at))
    notify(
        recipient=Recipient(account_id=case.applicant_id, email=case.email),
        key=f"{case.public_id}:answer",
        subject=f"您提交的网页纠错{said}（{case.number}）",
        body=case.answer,
        link=reverse("reports:status", args=[case.public_id]),
        at=at,
    )
