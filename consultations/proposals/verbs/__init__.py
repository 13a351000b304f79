"""The staff verbs of topics."""

from __future__ import annotations

from typing import Any

from consultations.proposals import actions
from consultations.proposals.forms import AnswerForm, CommentForm, DeclineForm, DropForm, EditForm, ReturnForm
from portal.web.takedown import TAKE_DOWN_VERBS
from portal.web.verbs import StepForm, Verb


def _answer(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"answer": case.answer}


def _topic(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"title": case.title, "background": case.background, "closes_on": case.closes_on}


_ALL = (
    Verb("approve_topic", "签发议题", "签发后所有人可以提建议。", StepForm, actions.approve_topic),
    Verb("accept_topic", "采用议题", "采用后所有人可以支持、提建议。", StepForm, actions.accept_topic),
    Verb("close_topic", "截止征集", "系统每小时自动截止，也可以在这里办理。", StepForm, actions.close_topic),
    Verb("draft_answer", "起草答复", "说明建议的采用情况。", AnswerForm, actions.draft_answer, _answer),
    Verb("submit_answer", "答复送签", "送签后不能修改。", StepForm, actions.submit_answer),
    Verb(
        "clear_answer",
        "答复保密审查通过",
        "确认答复不含不得公开的内容。",
        CommentForm,
        actions.clear_answer,
    ),
    Verb("publish_answer", "公布答复", "公布后告知支持、提建议的人。", CommentForm, actions.publish_answer),
    Verb(
        "edit_topic", "修改议题", "签发前、退回后可以修改。", EditForm, actions.edit_topic, _topic, main=False
    ),
    Verb("return_topic", "退回修改", "须写明理由。", ReturnForm, actions.return_topic, main=False),
    Verb("drop_topic", "撤销议题", "不再设立，须写明理由。", DropForm, actions.drop_topic, main=False),
    *TAKE_DOWN_VERBS,
    Verb(
        "decline_topic",
        "不采用",
        "按列明的情形，告知提议人。",
        DeclineForm,
        actions.decline_topic,
        main=False,
    ),
    Verb("return_answer", "退回修改", "须写明理由。", ReturnForm, actions.return_answer, main=False),
)
VERBS = {verb.code: verb for verb in _ALL}
