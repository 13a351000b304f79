"""The staff verbs of public responses."""

from __future__ import annotations

from typing import Any

from mailbox.responses import actions
from mailbox.responses.forms import CommentForm, DraftForm, ReasonForm, ReturnForm
from portal.web.takedown import TAKE_DOWN_VERBS
from portal.web.verbs import StepForm, Verb


def _draft(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {"heading": case.heading or case.title, "body": case.body}


_ALL = (
    Verb(
        "draft_response",
        "起草回应",
        "面向所有人的回应，不含来信人信息。",
        DraftForm,
        actions.draft_response,
        _draft,
    ),
    Verb("submit_response", "送审", "送审后不能修改。", StepForm, actions.submit_response),
    Verb("review_response", "审核通过", "确认事实清楚、回应关切。", CommentForm, actions.review_response),
    Verb("clear_response", "保密审查通过", "确认不含不得公开的内容。", CommentForm, actions.clear_response),
    Verb("publish_response", "签发公开", "公开后告知所涉来信人。", CommentForm, actions.publish_response),
    Verb("return_response", "退回修改", "须写明理由。", ReturnForm, actions.return_response, main=False),
    *TAKE_DOWN_VERBS,
    Verb(
        "cancel_response",
        "取消",
        "不需要公开回应的，写明理由。",
        ReasonForm,
        actions.cancel_response,
        main=False,
    ),
)
VERBS = {verb.code: verb for verb in _ALL}
