"""Writers of the annual returns: handed in, sent back, accepted, merged, published; who is late is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.messaging.actions import Recipient, notify
from portal.publishing.screening import screen
from portal.search import actions as finder
from portal.units.access import is_supervisor
from portal.units.choices import Role
from portal.units.models import Account, Unit
from portal.units.queries import people_with
from requests_app.actions.annual import stands_in
from requests_app.annual.entered import Texts
from requests_app.annual.snapshot import Snapshot, merged, of_json
from requests_app.returns import queries
from requests_app.returns.choices import (
    CITY_KIND,
    CITY_PREFIX,
    CLOSED,
    KIND,
    OFFICE,
    PREFIX,
    CityState,
    State,
    due_of,
)
from requests_app.returns.models import AnnualReturn, CityReport, ReturnVersion

FIRST_REMINDER = (1, 10)
CITY_KEY = "city"


def lent(actor: Actor, unit_id: int) -> Actor:
    """A supervisor's role holds in every unit."""
    if not is_supervisor(actor):
        return actor
    return replace(actor, roles=actor.roles | {(unit_id, Role.SUPERVISOR)})


def signing_for(actor: Actor, unit: Unit) -> Actor:
    """A supervisor signs for a unit that was closed: nobody is left there who could."""
    if not stands_in(actor, unit):
        return actor
    return replace(actor, roles=actor.roles | {(unit.pk, Role.APPROVER)})


def refuse_personal(texts: Texts) -> None:
    """What is published may hold no personal numbers. Raises InvalidInput naming them."""
    found = [
        entry for entry in screen("\n".join((texts.overview, texts.problems, texts.other))) if entry.blocks
    ]
    if found:
        shown = "、".join(f"{entry.kind}（{entry.shown}）" for entry in found)
        raise InvalidInput(f"文字部分含有个人信息：{shown}。报告会公布，请删除后再办理。", "overview")


def _locked_city(year: int) -> CityReport | None:
    """The city's report, locked: accepting and publishing come one after the other."""
    rows: Any = CityReport._base_manager.select_for_update()
    found: CityReport | None = rows.filter(year=year).first()
    return found


@transaction.atomic
def submit(*, unit: Unit, year: int, reason: str, actor: Actor, at: datetime) -> AnnualReturn:
    """Hand in a unit's report as it stands now, for the first time or again after it was sent back.

    Raises StepRefused for anybody but the unit's approver (a supervisor for a unit that was closed) or when it is in already, InvalidInput before the year is
    over, without the texts, with a broken identity and no reason, or unchanged after it was sent back and no reason.
    """
    today = timezone.localdate(at)
    if year >= today.year:
        raise InvalidInput("该年度尚未结束", "year")
    snapshot = queries.now_of(unit, year)
    if not snapshot.texts.overview.strip() or not snapshot.texts.problems.strip():
        raise InvalidInput("请先填报总体情况、存在的主要问题及改进情况", "reason")
    facts: dict[str, Any] = {
        "sha256": queries.digest(snapshot),
        "broken": len(snapshot.broken),
        "reason": reason,
        "late": today > due_of(year),
    }
    refuse_personal(snapshot.texts)
    case = queries.return_of(unit, year)
    returned = case is not None and case.state == State.RETURNED
    last = case.versions.order_by("-number").first() if case is not None and returned else None
    if last is not None and last.sha256 == facts["sha256"] and not reason.strip():
        raise InvalidInput("与退回的报告完全一致；请修改后再报送，认为不需要修改的，请写明理由", "reason")
    actor = signing_for(actor, unit)
    if case is None:
        case = AnnualReturn(
            unit=unit,
            reporter=unit,
            year=year,
            title=f"{unit.name}{year}年政府信息公开工作年度报告"[:160],
            number=take_case_number(PREFIX, KIND, today.year),
        )
        try:
            with transaction.atomic():
                open_case(case, "submit_return", actor=actor, at=at, **facts)
        except IntegrityError as error:
            raise StepRefused("该年度的报告刚刚已经报送，请刷新后查看。") from error
    else:
        take_step(case, "submit_again", actor=actor, at=at, **facts)
    ReturnVersion.objects.create(
        of=case,
        number=case.versions.count() + 1,
        data=snapshot.as_json(),
        sha256=facts["sha256"],
        reason=reason.strip()[:500],
        at=at,
    )
    return case


@transaction.atomic
def send_back(
    *, case: AnnualReturn, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send a report back, an accepted one too until it is public; the unit hands in again within some working days."""
    _locked_city(case.year)
    today = timezone.localdate(at)
    again_by = calendar().term(today, limit("annual.again", on=today).days)
    take_step(
        case,
        "send_back",
        actor=lent(actor, case.unit_id),
        at=at,
        seen_version=seen_version,
        reason=reason,
        again_by=again_by,
    )
    _tell(
        case.reporter,
        case.year,
        f"returned:{case.last_seq}",
        f"年度报告退回修改（{case.number}）",
        again_by.last,
        at,
        reason.strip(),
    )


@transaction.atomic
def accept_return(*, case: AnnualReturn, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Take a report in; one that comes after the city's is out is public at once."""
    city = _locked_city(case.year)
    version = case.versions.order_by("-number").first()
    if version is None:
        raise StepRefused("还没有报送内容。")
    take_step(
        case,
        "accept_return",
        actor=lent(actor, case.unit_id),
        at=at,
        seen_version=seen_version,
        sha256=version.sha256,
    )
    if city is not None and city.state == CityState.PUBLISHED:
        take_step(case, "publish_return", actor=lent(actor, case.unit_id), at=at, sha256=version.sha256)
        index_return(case, at)
    _say_accepted(case, at)


def added_up(year: int, texts: Texts) -> tuple[Snapshot, int, list[str]]:
    """The sum of the accepted reports, how many there are, and the units that are missing.

    What a unit that was closed has not handed in is counted from the log: its requests were the city's.
    """
    rows: Any = AnnualReturn.objects.filter(year=year, state__in=[State.ACCEPTED, State.PUBLISHED])
    parts = [queries.snapshot_of(case) for case in rows.order_by("reporter__sort", "reporter_id")]
    number = len(parts)
    missing = queries.missing(year)
    parts += [queries.now_of(unit, year) for unit in missing if not unit.is_active]
    absent = [unit.short_name if unit.is_active else f"{unit.short_name}{CLOSED}" for unit in missing]
    return merged(str(settings.PORTAL_CITY_NAME), year, texts, parts), number, absent


@transaction.atomic
def merge(*, year: int, texts: Texts, actor: Actor, at: datetime) -> CityReport:
    """Add up the accepted reports, or add them up again; not public yet.

    Raises StepRefused for anybody but a supervisor or once it is public, InvalidInput without a report or the texts.
    """
    if not is_supervisor(actor):
        raise StepRefused("须由监督员办理。")
    if not texts.overview.strip() or not texts.problems.strip():
        raise InvalidInput("请填写总体情况和存在的主要问题", "overview")
    refuse_personal(texts)
    _locked_city(year)
    snapshot, number, absent = added_up(year, texts)
    if not number:
        raise InvalidInput("还没有接受任何机关的报告", "overview")
    facts: dict[str, Any] = {"sha256": queries.digest(snapshot), "merged": number, "missing": absent}
    case = queries.city_of(year)
    if case is None:
        office = Unit.objects.get(code=OFFICE)
        case = CityReport(
            unit=office,
            year=year,
            title=f"{settings.PORTAL_CITY_NAME}{year}年政府信息公开工作年度报告"[:160],
            number=take_case_number(CITY_PREFIX, CITY_KIND, timezone.localdate(at).year),
            data=snapshot.as_json(),
            sha256=facts["sha256"],
            missing=absent,
        )
        try:
            with transaction.atomic():
                open_case(case, "merge_report", actor=lent(actor, office.pk), at=at, **facts)
        except IntegrityError as error:
            raise StepRefused("该年度的报告刚刚已经汇总，请刷新后查看。") from error
        return case
    take_step(case, "merge_again", actor=lent(actor, case.unit_id), at=at, **facts)
    case.data, case.sha256, case.missing = snapshot.as_json(), facts["sha256"], absent
    case.save(update_fields=["data", "sha256", "missing"])
    return case


@transaction.atomic
def publish(*, case: CityReport, missing_reason: str, actor: Actor, at: datetime) -> None:
    """Publish the city's report with those that are in it: a leader of the government office.

    Raises StepRefused for anybody else or if another unit was accepted since the merging, InvalidInput when units
    are missing or an identity does not hold and nothing says why.
    """
    _locked_city(case.year)
    snapshot, _, absent = added_up(case.year, of_json(case.data).texts)
    if queries.digest(snapshot) != case.sha256:
        raise StepRefused("汇总之后接受、退回了报告或者数据有变动，请重新汇总。")
    take_step(
        case,
        "publish_report",
        actor=actor,
        at=at,
        sha256=case.sha256,
        missing=absent,
        broken=len(snapshot.broken),
        reason=missing_reason,
    )
    case.missing, case.missing_reason = absent, missing_reason.strip()[:500]
    case.published_on = timezone.localdate(at)
    case.save(update_fields=["missing", "missing_reason", "published_on"])
    rows: Any = AnnualReturn.objects.filter(year=case.year, state=State.ACCEPTED)
    for row in rows.order_by("pk"):
        signing = replace(actor, roles=actor.roles | {(row.unit_id, Role.APPROVER)})
        version = row.versions.order_by("-number").first()
        take_step(row, "publish_return", actor=signing, at=at, sha256=version.sha256)
        index_return(row, at)
    index(case, CITY_KEY, of_json(case.data), reverse("annual_reports:city", args=[case.year]), at)


def index_return(case: AnnualReturn, at: datetime) -> None:
    where = reverse("annual_reports:unit", args=[case.year, case.reporter.code])
    index(case, case.reporter.code, queries.snapshot_of(case), where, at)


def index(case: AnnualReturn | CityReport, what: str, kept: Snapshot, where: str, at: datetime) -> None:
    texts, fees = kept.texts, kept.fees.sentence if kept.fees is not None else ""
    finder.index(
        kind="annual",
        key=f"annual:{case.year}:{what}",
        title=case.title,
        body="\n".join((texts.overview, texts.problems, texts.other, fees)).rstrip(),
        unit=case.unit,
        published_on=timezone.localdate(at),
        url=where,
    )


def _say_accepted(case: AnnualReturn, at: datetime) -> None:
    for account in people_with(case.reporter, Role.CLERK, Role.APPROVER, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"annual:{case.year}:{case.reporter_id}:accepted:{account.pk}",
            subject=f"{case.year}年度报告已接受（{case.number}）",
            body="将随全市报告一并公布。" if case.state == State.ACCEPTED else "已经公布。",
            link=reverse("workbench_returns:detail", args=[case.public_id]),
            at=at,
        )


def _tell(unit: Unit, year: int, what: str, subject: str, by: date, at: datetime, why: str = "") -> int:
    return sum(
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"annual:{year}:{unit.pk}:{what}:{account.pk}",
            subject=subject,
            body=f"请于{told_day(by)}前报送{year}年政府信息公开工作年度报告。"
            + (f"退回理由：{why}" if why else ""),
            link=f"{reverse('workbench_returns:submit')}?year={year}&unit={unit.code}",
            at=at,
        )
        for account in people_with(unit, Role.CLERK, Role.APPROVER, on=timezone.localdate(at))
    )


def tell_again_by(*, case: AnnualReturn, by: date, at: datetime) -> None:
    """A holiday notice has moved the day by which a report that was sent back is handed in again."""
    _tell(case.reporter, case.year, f"moved:{case.last_seq}", f"重新报送期限调整（{case.number}）", by, at)


@transaction.atomic
def remind(*, year: int, actor: Actor, at: datetime) -> int:
    """Tell every unit that is waited for, at most once a day; gives how many people."""
    if not is_supervisor(actor):
        raise StepRefused("须由监督员办理。")
    today = timezone.localdate(at)
    return sum(
        _tell(line.unit, year, f"asked:{today}", "请报送年度报告", line.due, at)
        for line in queries.collection(year, today)
        if line.waits
    )


@transaction.atomic
def remind_on_time(*, at: datetime) -> int:
    """The job: from 10 January each unit that is waited for is told once a week; then the supervisors, once, of who is missing. Working days only."""
    today = timezone.localdate(at)
    year = today.year - 1
    if not calendar().is_workday(today):
        return 0
    if not date(today.year, *FIRST_REMINDER) <= today <= due_of(year) + timedelta(days=28):
        return 0
    waiting = [line for line in queries.collection(year, today) if line.waits]
    week = today.isocalendar().week
    made = sum(_tell(line.unit, year, f"week:{week}", "请报送年度报告", line.due, at) for line in waiting)
    if today > due_of(year) and waiting:
        made += _tell_supervisors(year, [line.unit.short_name for line in waiting], at)
    return made


def _tell_supervisors(year: int, names: list[str], at: datetime) -> int:
    watching = Account.objects.filter(is_active=True, appointments__role=Role.SUPERVISOR).distinct()
    return sum(
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"annual:{year}:missing:{account.pk}",
            subject=f"{len(names)}个机关没有按期报送年度报告",
            body="、".join(names)[:300],
            link=f"{reverse('workbench_returns:collection')}?year={year}",
            at=at,
        )
        for account in watching.order_by("pk")
    )
