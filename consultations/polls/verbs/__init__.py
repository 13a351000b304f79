"""The staff verbs of votes and surveys."""

from __future__ import annotations

from typing import Any

from consultations.polls import actions
from consultations.polls.actions.drafting import FIELDS
from consultations.polls.forms.staff import CommentForm, EditForm, ReasonForm, ReturnForm, SuspectForm
from portal.web.takedown import TAKE_DOWN_VERBS
from portal.web.verbs import StepForm, Verb


def _fields(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(case, name) for name in FIELDS}


def _edit(*, case: Any, actor: Any, at: Any, seen_version: int | None, **answers: Any) -> None:
    actions.edit_poll(case=case, answers=answers, actor=actor, at=at, seen_version=seen_version)


def _suspect(
    *, reason: str, case: Any, actor: Any, at: Any, seen_version: int | None, **conditions: Any
) -> None:
    actions.propose_invalidation(
        case=case,
        conditions={name: value for name, value in conditions.items() if value},
        reason=reason,
        actor=actor,
        at=at,
        seen_version=seen_version,
    )


_ALL = (
    Verb("submit_poll", "送审", "送审后不能修改；先预览一遍。", StepForm, actions.submit_poll),
    Verb("review_poll", "审核通过", "确认题目清楚、选项完整、没有诱导。", CommentForm, actions.review_poll),
    Verb("clear_poll", "保密审查通过", "确认不涉及不得公开的内容。", CommentForm, actions.clear_poll),
    Verb(
        "approve_poll",
        "签发",
        "签发后题目、参加条件和保密程度都不能改变；自开始日起可以参加。",
        CommentForm,
        actions.approve_poll,
    ),
    Verb(
        "count_poll", "截止计票", "系统每五分钟自动计票一次，也可以在这里办理。", StepForm, actions.count_poll
    ),
    Verb(
        "publish_result",
        "公布结果",
        "公布封存的计票结果；页面、图表、表格、接口和下载都来自同一份结果。",
        StepForm,
        actions.publish_result,
    ),
    Verb(
        "compose_ballot",
        "生成选票",
        "作品征集截止、全部审核后，入围作品按随机次序生成选票，次序写入记录；审核、保密审查、签发后公开。",
        StepForm,
        actions.compose_ballot,
    ),
    Verb(
        "review_ballot",
        "选票审核通过",
        "逐件核对入围作品的名称和说明。",
        CommentForm,
        actions.review_ballot,
    ),
    Verb(
        "clear_ballot",
        "选票保密审查通过",
        "确认入围作品和说明不含不得公开的内容。",
        CommentForm,
        actions.clear_ballot,
    ),
    Verb(
        "sign_ballot",
        "签发选票",
        "签发后公开入围作品，自投票开始日起可以投票。",
        CommentForm,
        actions.sign_ballot,
    ),
    Verb(
        "return_ballot",
        "选票退回",
        "退回经办人，可以重新审核作品，须写明理由。",
        ReturnForm,
        actions.return_ballot,
        main=False,
    ),
    Verb(
        "recall_poll", "撤回送审", "撤回后可以修改，须重新送审。", StepForm, actions.recall_poll, main=False
    ),
    *TAKE_DOWN_VERBS,
    Verb("edit_poll", "修改要素", "送审前可以修改。", EditForm, _edit, _fields, main=False),
    Verb("return_poll", "退回修改", "退回经办人，须写明理由。", ReturnForm, actions.return_poll, main=False),
    Verb(
        "propose_invalidation",
        "提出剔除选票",
        "疑似刷票的，提出条件和理由，由另一人决定。",
        SuspectForm,
        _suspect,
        main=False,
    ),
    Verb("cancel_poll", "取消", "不再进行，理由显示在页面上。", ReasonForm, actions.cancel_poll, main=False),
)
VERBS = {verb.code: verb for verb in _ALL}
