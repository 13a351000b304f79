"""The processing fee: told line by line, paid by hand, or left unpaid (国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.limits import limit
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from requests_app import fees, letters
from requests_app.actions.extension import spend
from requests_app.actions.naming import refuse_parties_named
from requests_app.actions.receipts import serve, waiting_fee
from requests_app.actions.voiding import end_everything
from requests_app.actions.word import tell_applicant
from requests_app.choices import AfterPayment, FeeState, Tariff
from requests_app.models import AfterPaymentRule, DisclosureRequest, FeeNotice
from requests_app.queries.receipts import FEE, received_at_once, term_from

MOST = 1_000_000


def after_payment() -> str:
    """What the period does once a fee is paid, by the rule in force (AfterPayment)."""
    rule = AfterPaymentRule.objects.order_by("pk").first()
    return rule.after_payment if rule is not None else AfterPayment.RESTART


@transaction.atomic
def charge_fee(
    *,
    case: DisclosureRequest,
    tariff: str,
    count: int,
    earlier: int,
    reason: str,
    ways: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> FeeNotice:
    """Tell the applicant the fee with its calculation; `earlier` pieces of the month count only by piece."""
    if tariff not in Tariff.values:
        raise InvalidInput("请选择收费标准", "tariff")
    if not 1 <= count <= MOST:
        raise InvalidInput("请填写件数或者页数", "count")
    refuse_parties_named(case, reason=reason, ways=ways)
    before = earlier if tariff == Tariff.BY_PIECE else 0
    lines = fees.fee_lines(tariff, count, before)
    today = timezone.localdate(at)
    term = limit("disclosure.fee_payment", on=case.law_day)
    pay_by = calendar().term(today, term.days)
    notice = FeeNotice(
        request=case,
        tariff=tariff,
        count=count,
        earlier=before,
        lines=[[line.text, line.count, line.yuan] for line in lines],
        amount=sum(line.amount for line in lines),
        reason=reason.strip(),
        ways=ways.strip(),
        told_on=today,
        received_on=received_at_once(case, at),
        pay_by=pay_by.last,
    )
    take_step(
        case,
        "charge_fee",
        actor=actor,
        at=at,
        seen_version=seen_version,
        tariff=tariff,
        amount=notice.amount,
        pay_by=pay_by,
        already=case.fees.filter(state__in=[FeeState.WAITING, FeeState.PAID]).exists(),
        reason=reason,
        ways=ways,
    )
    notice.document = issue(
        case,
        "fee_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.fee_notice(case, notice),
        addressee=case.name,
    )
    notice.save()
    by_when = f"（{told_day(notice.pay_by)}前，含当日）" if notice.received_on is not None else ""
    tell_applicant(
        case,
        "fee",
        f"{case.addressed_as}的申请需要缴纳信息处理费（{case.number}）",
        f"金额：{notice.amount}元，请自收到通知之日起{term.text}内缴纳{by_when}。"
        "逾期未缴纳的，视为放弃申请。计算明细和缴费方式见《收费通知书》。",
        at,
    )
    return notice


@transaction.atomic
def pay_fee(
    *,
    case: DisclosureRequest,
    paid_on: date,
    evidence: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """The money arrived on that day: from the next the period begins anew, or goes on, by the rule in force."""
    notice = waiting_fee(case)
    after = after_payment()
    take_step(
        case,
        "pay_fee",
        actor=actor,
        at=at,
        seen_version=seen_version,
        told_on=notice.told_on,
        pay_by=notice.pay_by,
        paid_on=paid_on,
        evidence=evidence,
        after=after,
    )
    notice.state, notice.paid_on, notice.evidence = FeeState.PAID, paid_on, evidence.strip()
    if notice.received_on is None:
        notice.pay_by = term_from(FEE, notice, paid_on, case).last
    notice.received_on = min(notice.received_on or paid_on, paid_on)
    notice.save(update_fields=["state", "paid_on", "evidence", "received_on", "pay_by"])
    if after == AfterPayment.RESTART:
        spend(case)
    tell_applicant(
        case,
        "paid",
        f"已收到{case.addressed_as}缴纳的信息处理费（{case.number}）",
        f"缴费之日：{cn_date(paid_on)}；答复期限自次日起{'重新' if after == AfterPayment.RESTART else '继续'}计算，至：{told_day(case.due_on)}。",
        at,
    )


@transaction.atomic
def cancel_fee(
    *, case: DisclosureRequest, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take the notice back: nothing was waited for, so the days since it count."""
    notice = waiting_fee(case)
    take_step(
        case,
        "cancel_fee",
        actor=actor,
        at=at,
        seen_version=seen_version,
        comment=comment,
    )
    notice.state = FeeState.CANCELLED
    notice.save(update_fields=["state"])
    tell_applicant(
        case,
        "fee-cancelled",
        f"{case.addressed_as}的申请不收取信息处理费（{case.number}）",
        f"此前的收费通知已经撤回，{case.addressed_as}不需要缴费；通知期间计入答复期限，答复期限至：{told_day(case.due_on)}。",
        at,
    )


@transaction.atomic
def lapse_fee(
    *, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Close a request whose fee was not paid in time, with a notice."""
    notice = waiting_fee(case)
    take_step(
        case,
        "lapse_fee",
        actor=actor,
        at=at,
        seen_version=seen_version,
        pay_by=notice.pay_by,
        received=notice.received_on is not None,
    )
    notice.state = FeeState.UNPAID
    notice.save(update_fields=["state", "pay_by"])
    end_everything(case, at)
    paper = issue(
        case,
        "unpaid_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.unpaid_notice(case, notice),
        addressee=case.name,
    )
    serve(case, paper, at)
    tell_applicant(
        case,
        "unpaid",
        f"{case.addressed_as}的申请不再处理（{case.number}）",
        "因逾期未缴纳信息处理费，视为放弃申请。需要时可以重新提出申请。",
        at,
    )
