"""The applicant's own steps as a table, for the pages and the API alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from requests_app import actions
from requests_app.actions.people import Contact
from requests_app.forms.after import OwnFixForm, OwnReasonsForm, RateForm
from requests_app.forms.citizen import CorrectForm, VersionForm, WithdrawForm
from requests_app.forms.people import OwnContactForm


@dataclass(frozen=True)
class OwnStep:
    """One step: its page's heading, the button, what it means, and the sentence shown afterwards.

    `initial` is what the form starts with, `facts` turns its fields into the action's arguments.
    """

    code: str
    heading: str
    button: str
    hint: str
    form: type[forms.Form]
    act: Callable[..., Any]
    said: str
    grave: bool = False
    initial: Callable[[Any], dict[str, Any]] = lambda case: {}
    facts: Callable[[dict[str, Any]], dict[str, Any]] = lambda data: data


def _contact_now(case: Any) -> dict[str, Any]:
    return {name: getattr(case, name) for name in ("phone", "email", "address", "postcode", "delivery")}


_ALL = (
    OwnStep(
        "correct",
        "提交补正",
        "提交补正",
        "提交后，{disclosure.reply}的答复期限自今天重新起算。",
        CorrectForm,
        actions.correct,
        "补正已提交，答复期限自今天重新起算。",
    ),
    OwnStep(
        "withdraw",
        "撤回申请",
        "撤回申请",
        "撤回后机关不再办理这件申请，不能恢复；需要时可以重新提出申请。",
        WithdrawForm,
        actions.withdraw,
        "申请已撤回。",
        grave=True,
    ),
    OwnStep(
        "give_reasons",
        "说明申请理由",
        "提交理由",
        "机关认为您申请的数量、频次明显超过合理范围，请说明理由。逾期不说明或者理由不合理的，机关可以不予处理。",
        OwnReasonsForm,
        actions.give_reasons,
        "理由已提交。",
    ),
    OwnStep(
        "rate",
        "评价办理情况",
        "提交评价",
        "只能评价一次。评价不影响您申请行政复议、提起诉讼的权利。",
        RateForm,
        actions.rate,
        "谢谢您的评价。",
    ),
    OwnStep(
        "suggest_proactive",
        "建议主动公开",
        "提出建议",
        "如果您认为这份信息应当向所有人公开，可以建议机关纳入主动公开范围（条例第四十四条）。机关作出决定后会告知您。",
        VersionForm,
        actions.suggest_proactive,
        "建议已提出。",
    ),
    OwnStep(
        "ask_fix",
        "要求更正记录",
        "提出更正要求",
        "有证据证明机关提供的、与您自身相关的记录不准确的，可以要求更正（条例第四十一条）。",
        OwnFixForm,
        actions.ask_fix,
        "更正要求已提出。",
    ),
    OwnStep(
        "change_contact",
        "变更联系方式",
        "保存",
        "电话、电子邮箱、通信地址至少保留一项。变更后，新旧联系方式都会收到通知。",
        OwnContactForm,
        actions.change_contact,
        "联系方式已变更。",
        initial=_contact_now,
        facts=lambda data: {"contact": Contact(**data)},
    ),
)
OWN: dict[str, OwnStep] = {entry.code: entry for entry in _ALL}
