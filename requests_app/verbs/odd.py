"""Verbs of the odd days: receipts, amendments, a reply called back, a request reopened or answered anew."""

from __future__ import annotations

from typing import Any

from portal.core.errors import InvalidInput
from requests_app import actions
from requests_app.actions.sending import Handover
from requests_app.forms.odd import (
    AmendDeliveryForm,
    AmendReceiptForm,
    AnewForm,
    HandOnForm,
    NoticeReceiptForm,
    RefuseOverrideForm,
    ReopenForm,
    RevokeOverrideForm,
)
from requests_app.forms.staff import ReasonForm
from requests_app.queries import consultation_of
from requests_app.verbs.verb import Verb, same, today


def _amend_receipt(*, case: Any, what: str, **facts: Any) -> None:
    """A notice's code, or "consult:" and the position of who is asked."""
    kind, _, position = what.partition(":")
    if kind != "consult":
        actions.amend_receipt(case=case, notice=kind, **facts)
        return
    asked = consultation_of(case, position)
    if asked is None:
        raise InvalidInput("请选择告知书或者征求意见书", "what")
    actions.amend_party_receipt(case=case, consultation=asked, **facts)


def _amended(data: dict[str, Any]) -> dict[str, Any]:
    delivery, reason = data.pop("delivery"), data.pop("reason")
    return {"delivery": delivery, "reason": reason, "handover": Handover(**data)}


def _again(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {**today("begins_on")(case, asked), "days": 0}


def _comment(data: dict[str, Any]) -> dict[str, Any]:
    return {"reason": data["comment"]}


ODD = (
    Verb(
        "record_notice_receipt",
        "登记告知书的收到日",
        "补正、说明理由的期限自申请人收到告知书之日的次日起算；没有收到日的，期限不起算，不能按逾期处理。",
        NoticeReceiptForm,
        actions.record_notice_receipt,
        same,
        today("received_on"),
    ),
    Verb(
        "amend_receipt",
        "更正收到日",
        "收到日登记有误的，由签发人写明理由更正，期限随之重新计算。",
        AmendReceiptForm,
        _amend_receipt,
        same,
        main=False,
    ),
    Verb(
        "amend_delivery",
        "更正送达登记",
        "交邮、送达之日登记有误的，由签发人写明理由更正；复议、诉讼期限随之重新计算。",
        AmendDeliveryForm,
        actions.amend_delivery,
        _amended,
        main=False,
    ),
    Verb(
        "recall_reply",
        "撤回签发",
        "发出之前发现有误，或者第三方补充意见的，撤回签发，修改后重新送审；已经制发的文书同时作废。",
        ReasonForm,
        actions.recall_reply,
        _comment,
        main=False,
    ),
    Verb(
        "reopen",
        "恢复办理",
        "撤回、不再处理、终止办理的登记有误，申请人有正当理由，或者复议、诉讼要求继续办理的，恢复办理；原告知书作废。",
        ReopenForm,
        actions.reopen,
        same,
        _again,
        main=False,
    ),
    Verb(
        "answer_anew",
        "重新答复",
        "复议决定、法院裁判责令重新答复，答复文书作废，或者自行纠正的，重新拟写、送审、答复；原答复和公开副本一并作废。",
        AnewForm,
        actions.answer_anew,
        same,
        _again,
        main=False,
    ),
    Verb(
        "refuse_override",
        "不批准不采纳第三方意见",
        "不同意公开的，写明理由；第三方的意见仍然有效。",
        RefuseOverrideForm,
        actions.refuse_override,
        same,
        main=False,
    ),
    Verb(
        "revoke_override",
        "撤销公开的决定",
        "已经告知第三方决定公开、后来不公开的，先撤销决定，告知书作废并告知对方。",
        RevokeOverrideForm,
        actions.revoke_override,
        same,
        main=False,
    ),
    Verb(
        "hand_on",
        "移交承接机关",
        "机关撤并后，由监督员把在办的申请移交承接机关，答复期限不变，并告知申请人。",
        HandOnForm,
        actions.hand_on,
        same,
        main=False,
    ),
)
