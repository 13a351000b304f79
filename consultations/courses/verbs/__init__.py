"""The staff verbs of courses."""

from __future__ import annotations

from typing import Any

from consultations.courses import actions
from consultations.courses.actions import FIELDS
from consultations.courses.forms import CommentForm, EditForm, ReasonForm, ReturnForm
from portal.web.takedown import TAKE_DOWN_VERBS
from portal.web.verbs import StepForm, Verb


def _fields(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(case, name) for name in FIELDS}


def _edit(*, case: Any, actor: Any, at: Any, seen_version: int | None, **answers: Any) -> None:
    actions.edit_course(case=case, answers=answers, actor=actor, at=at, seen_version=seen_version)


_ALL = (
    Verb("submit_course", "送签", "送签后不能修改材料和测验。", StepForm, actions.submit_course),
    Verb(
        "clear_course",
        "保密审查通过",
        "确认学习材料、测验不含不得公开的内容。",
        CommentForm,
        actions.clear_course,
    ),
    Verb("offer_course", "签发", "自开始日起可以报名学习。", CommentForm, actions.offer_course),
    Verb(
        "close_course",
        "结束培训",
        "截止日已过，系统自动结束，也可以在这里办理。",
        StepForm,
        actions.close_course,
    ),
    Verb("edit_course", "修改", "送签前、退回后可以修改。", EditForm, _edit, _fields, main=False),
    Verb(
        "recall_course",
        "撤回送签",
        "撤回后可以修改，须重新送签。",
        StepForm,
        actions.recall_course,
        main=False,
    ),
    *TAKE_DOWN_VERBS,
    Verb("return_course", "退回修改", "须写明理由。", ReturnForm, actions.return_course, main=False),
    Verb("cancel_course", "取消", "理由显示在页面上。", ReasonForm, actions.cancel_course, main=False),
)
VERBS = {verb.code: verb for verb in _ALL}
