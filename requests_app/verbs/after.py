"""Verbs after the answer."""

from __future__ import annotations

from typing import Any

from requests_app import actions
from requests_app.actions.sending import Handover
from requests_app.forms.after import (
    CloseRemedyForm,
    DecideFixForm,
    DeliveryForm,
    FixForm,
    ProactiveForm,
    ReceiptForm,
    RemedyForm,
    VoidForm,
)
from requests_app.forms.staff import StepForm
from requests_app.queries import deliverable
from requests_app.verbs.verb import Verb, same, today


def _handover(data: dict[str, Any]) -> dict[str, Any]:
    document = data.pop("document")
    return {"document": document, "handover": Handover(**data)}


def sending(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """The way that the applicant asked for, with today as the day that counts for it."""
    way = {"post": "post", "in_person": "in_person"}.get(case.delivery, "online")
    day = "posted_on" if way == "post" else "delivered_on"
    return {**today(day)(case, asked), "send_by": way}


def _latest(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {**sending(case, asked), "document": deliverable(case).first()}


AFTER = (
    Verb(
        "record_delivery",
        "登记送达",
        "邮寄的填写交邮之日和邮件号，直接送达、委托送达的填写签收人；复议、诉讼期限自送达之日起算，系统制作送达回证。",
        DeliveryForm,
        actions.record_delivery,
        _handover,
        _latest,
    ),
    Verb(
        "record_receipt",
        "登记签收",
        "邮件签收后登记签收之日，复议、诉讼期限自次日起算，系统制作送达回证。",
        ReceiptForm,
        actions.record_receipt,
        same,
        today("delivered_on"),
    ),
    Verb(
        "void_paper",
        "文书作废",
        "文书有误的宣布作废：编号保留，核验页面显示作废和理由，并告知申请人；需要时另行制发。",
        VoidForm,
        actions.void_paper,
        same,
        main=False,
    ),
    Verb(
        "decide_proactive",
        "决定是否纳入主动公开",
        "多个申请人就同一信息提出申请，或者申请人建议的，可以纳入主动公开（条例第四十四条）。",
        ProactiveForm,
        actions.decide_proactive,
        same,
    ),
    Verb(
        "ask_fix",
        "登记更正记录的要求",
        "申请人有证据证明与其自身相关的记录不准确，以书面方式要求更正的（条例第四十一条）。",
        FixForm,
        actions.ask_fix,
        same,
        main=False,
    ),
    Verb(
        "decide_fix",
        "处理更正要求",
        "有权更正的予以更正；不属于本机关职能范围的，转送或者告知向有权机关提出。",
        DecideFixForm,
        actions.decide_fix,
        same,
    ),
    Verb(
        "record_remedy",
        "登记复议、诉讼",
        "收到受理通知后登记，计入政府信息公开工作年度报告。",
        RemedyForm,
        actions.record_remedy,
        same,
        today("filed_on"),
        main=False,
    ),
    Verb(
        "close_remedy",
        "登记复议、诉讼结果",
        "结果维持、结果纠正或者其他结果。",
        CloseRemedyForm,
        actions.close_remedy,
        same,
        today("ended_on"),
        main=False,
    ),
    Verb(
        "archive",
        "立卷归档",
        "按顺序合成一份带目录、页码和摘要清单的卷宗PDF；立卷之后有新材料的，再次办理即为补卷。",
        StepForm,
        actions.archive,
        same,
        main=False,
    ),
)
