"""Verbs of the public copy."""

from __future__ import annotations

from typing import Any

from mailbox import actions
from mailbox.forms.staff import ReasonForm
from mailbox.forms.staff_release import AgreeToReleaseForm, ReleaseForm
from portal.web.verbs import Verb


def _suggested(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """The letter and its answer with the writer's own values struck out, to be read and shortened."""
    text = actions.suggested_text(case)
    return {"title": text.title, "question": text.question, "answer": text.answer}


RELEASE = (
    Verb(
        "propose_release",
        "提出来信公开",
        "带有普遍性、可以集中答复的来信，隐去个人信息后公开。来信人未同意公开的，须删去全部个人信息和可以推知本人的"
        "情节；姓名、电话、邮箱、居住地由系统核对，仍有的不能提交。保密来信和举报不公开。",
        ReleaseForm,
        actions.propose_release,
        _suggested,
        main=False,
    ),
    Verb(
        "clear_release",
        "来信公开保密审查通过",
        "确认不含国家秘密、商业秘密、个人隐私，也不能推知来信人是谁。",
        AgreeToReleaseForm,
        actions.clear_release,
    ),
    Verb("release", "公开来信和答复", "公开后所有人可以查阅、检索。", AgreeToReleaseForm, actions.release),
    Verb(
        "reject_release",
        "不予公开",
        "不公开这份副本，须写明理由；修改后可以重新提出。",
        ReasonForm,
        actions.reject_release,
        main=False,
    ),
    Verb(
        "retract_release",
        "撤下公开的来信",
        "立即撤下，原地址显示撤下的理由。",
        ReasonForm,
        actions.retract_release,
        main=False,
    ),
)
