"""The staff verbs of topics."""

from __future__ import annotations

from typing import Any

from consultations.proposals import actions
from consultations.proposals.forms import AnswerForm, CommentForm, DeclineForm, ReturnForm
from portal.web.verbs import StepForm, Verb


def _answer(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"answer": case.answer}


_ALL = (
    Verb("approve_topic", "签发议题", "签发后所有人可以提建议。", StepForm, actions.approve_topic),
    Verb("accept_topic", "采用议题", "采用后所有人可以支持、提建议。", StepForm, actions.accept_topic),
    Verb("close_topic", "截止征集", "系统每小时自动截止，也可以在这里办理。", StepForm, actions.close_topic),
    Verb("draft_answer", "起草答复", "说明建议的采用情况。", AnswerForm, actions.draft_answer, _answer),
    Verb("submit_answer", "答复送签", "送签后不能修改。", StepForm, actions.submit_answer),
    Verb("publish_answer", "公布答复", "公布后告知支持、提建议的人。", CommentForm, actions.publish_answer),
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
