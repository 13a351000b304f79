"""Verbs of looking a request over."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.core.limits import limit
from portal.core.numbering import grouped
from portal.holidays.calendars import calendar
from requests_app import actions
from requests_app.actions.succession import Successor
from requests_app.forms.staff import ReasonForm, StepForm
from requests_app.forms.triage import (
    AskReasonsForm,
    EndForm,
    GivenReasonsForm,
    JudgeForm,
    ObviousForm,
    SuccessorForm,
)
from requests_app.queries import volume_of
from requests_app.verbs.verb import Verb, same


def _finding(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    today = timezone.localdate()
    seen = volume_of(case, today)
    lately = limit("disclosure.volume", on=today).text
    return {
        "finding": f"近{lately}内，{case.addressed_as}向本机关提出政府信息公开申请{seen.quarter}件，近一年内{seen.year}件。",
        "answer_by": calendar().add(today, limit("disclosure.correction_term", on=case.law_day).days),
    }


def _successor(data: dict[str, Any]) -> dict[str, Any]:
    names = ("name", "identity_kind", "identity_number", "phone", "address", "email")
    return {
        "successor": Successor(**{name: data.get(name, "") for name in names}),
        "reason": data["reason"],
        "evidence": data["evidence"],
    }


def _new_code(code: str) -> str:
    return (
        f"申请人已变更。新的查询码（只显示这一次，请告知承继人）：{grouped(code)}"
        if code
        else "申请人名称已变更。"
    )


TRIAGE = (
    Verb(
        "flag_obvious",
        "标记为明显不予公开",
        "明显属于国家秘密、商业秘密或者个人隐私的，自收到之日起{disclosure.obvious_refusal}内答复并说明理由（本市制度第十四条）。",
        ObviousForm,
        actions.flag_obvious,
        same,
        main=False,
    ),
    Verb(
        "unflag_obvious",
        "取消明显不予公开标记",
        "只适用法定答复期限。",
        ReasonForm,
        actions.unflag_obvious,
        same,
        main=False,
    ),
    Verb(
        "ask_reasons",
        "要求说明理由",
        "申请数量、频次明显超过合理范围的，可以要求说明理由；不停止计时（条例第三十五条）。",
        AskReasonsForm,
        actions.ask_reasons,
        same,
        _finding,
        main=False,
    ),
    Verb(
        "give_reasons",
        "登记申请人说明的理由",
        "申请人以邮寄、当面方式说明理由的，由经办人登记。",
        GivenReasonsForm,
        actions.give_reasons,
        same,
        main=False,
    ),
    Verb(
        "judge_reasons",
        "认定理由是否合理",
        "不合理的，可以答复不予处理；合理但无法按期答复的，确定延迟期限，报签发人批准。",
        JudgeForm,
        actions.judge_reasons,
        same,
    ),
    Verb("postpone", "批准延迟答复", "批准后向申请人发出告知书。", StepForm, actions.postpone, same),
    Verb(
        "succeed",
        "变更申请人",
        "申请人死亡、合并或者更名，由他人继续申请的，凭证明材料变更；原账号和查询码随即失效。",
        SuccessorForm,
        actions.succeed,
        _successor,
        lambda case, asked: {"identity_kind": case.identity_kind},
        main=False,
        said=_new_code,
    ),
    Verb(
        "terminate",
        "终止办理",
        "申请人死亡或者终止，无人承继的，由经办人以外的签发人决定终止办理，系统制发告知书。",
        EndForm,
        actions.terminate,
        same,
        main=False,
    ),
)
