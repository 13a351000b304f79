"""Verbs of asking others, and of the fee."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from portal.records.queries import pages_given
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.choices import Tariff
from requests_app.fees import calculation
from requests_app.forms.parties import (
    CloseConsultationForm,
    ConsultForm,
    FeeForm,
    FeeReceiptForm,
    LinkForm,
    OpinionForm,
    OverrideForm,
    PaidForm,
    PartyReceiptForm,
    ProposeOverrideForm,
)
from requests_app.forms.staff import ReasonForm, StepForm
from requests_app.queries import pieces_before
from requests_app.verbs.verb import Verb, same, today


def _party(data: dict[str, Any]) -> dict[str, Any]:
    return {"party": Party(**data)}


def _link(path: str) -> str:
    return f"征求意见书已制作。对方的专用链接（只显示这一次）：{settings.SITE_URL}{path}"


def _earlier(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """Pieces of the same calendar month before this one, the pages that are given, and how the unit is paid."""
    start = {"earlier": pieces_before(case), "count": 1, "ways": case.unit.fee_account}
    pages = sum(count for _, count in pages_given(case))
    if not pages:
        return start
    reason = f"{case.addressed_as}申请的信息共{pages}页"
    return start | {"tariff": Tariff.BY_PAGE, "count": pages, "reason": reason}


PARTIES = (
    Verb(
        "consult",
        "征求意见",
        "向第三方、共同制作机关书面征求意见，从今天起停止计时，至收到意见或者期限届满；请其他单位协助的，不停止计时。",
        ConsultForm,
        actions.consult,
        _party,
        main=False,
        said=_link,
    ),
    Verb(
        "record_party_receipt",
        "登记对方收到日",
        "{disclosure.third_party}从对方自己收到之日的次日起算。对方在网上确认收到的，系统自动登记。",
        PartyReceiptForm,
        actions.record_party_receipt,
        same,
        today("received_on"),
        main=False,
    ),
    Verb(
        "take_opinion",
        "登记收到的意见",
        "对方以邮寄、当面方式提出意见的，由经办人登记；计时自次日恢复。",
        OpinionForm,
        actions.take_opinion,
        same,
        today("answered_on"),
    ),
    Verb(
        "close_consultation",
        "结束征求意见",
        "已经收到征求意见书、期限届满未提出意见的：第三方的由本机关决定，共同制作机关的视为同意。无法送达或者不再征求的，由签发人写明情况；不再征求的，其间计入答复期限。",
        CloseConsultationForm,
        actions.close_consultation,
        same,
        main=False,
    ),
    Verb(
        "renew_link",
        "更换对方的链接",
        "链接丢失或者发错时使用；原链接立即失效。",
        LinkForm,
        actions.renew_link,
        same,
        main=False,
        said=_link,
    ),
    Verb(
        "propose_override",
        "提出不采纳第三方意见",
        "第三方不同意公开，但不公开可能对公共利益造成重大影响的，写明理由，报签发人批准（条例第三十二条）。",
        ProposeOverrideForm,
        actions.propose_override,
        same,
        main=False,
    ),
    Verb(
        "approve_override",
        "批准不采纳第三方意见",
        "批准后向第三方发出《决定公开告知第三方书》，随后可以予以公开。",
        OverrideForm,
        actions.approve_override,
        same,
    ),
    Verb(
        "charge_fee",
        "告知缴费",
        "数量、频次明显超过合理范围的，按件或者按量收取信息处理费，不得同时适用；系统逐档计算。自次日起停止计时。",
        FeeForm,
        actions.charge_fee,
        same,
        _earlier,
        main=False,
        preview=lambda data: calculation(data["tariff"], data["count"], data["earlier"]),
    ),
    Verb(
        "record_fee_receipt",
        "登记收费通知的收到日",
        "{disclosure.fee_payment}的缴费期限从申请人收到通知之日的次日起算；没有收到日的，期限不起算，不能按逾期处理。",
        FeeReceiptForm,
        actions.record_fee_receipt,
        same,
        today("received_on"),
        main=False,
    ),
    Verb(
        "pay_fee",
        "登记缴费",
        "收到款项后登记；答复期限自缴费次日起按规则表重新计算或者继续计算。",
        PaidForm,
        actions.pay_fee,
        same,
        today("paid_on"),
    ),
    Verb(
        "cancel_fee",
        "撤回收费通知",
        "不再收费；通知期间计入答复期限。",
        ReasonForm,
        actions.cancel_fee,
        same,
        main=False,
    ),
    Verb(
        "lapse_fee",
        "逾期未缴费，不再处理",
        "缴费期限届满后办理，系统向申请人发出告知书。",
        StepForm,
        actions.lapse_fee,
        same,
        main=False,
    ),
)
