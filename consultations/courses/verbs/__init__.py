"""The staff verbs of courses."""

from __future__ import annotations

from consultations.courses import actions
from consultations.courses.forms import CommentForm, ReasonForm, ReturnForm
from portal.web.verbs import StepForm, Verb

_ALL = (
    Verb("submit_course", "送签", "送签后不能修改材料和测验。", StepForm, actions.submit_course),
    Verb("offer_course", "签发", "自开始日起可以报名学习。", CommentForm, actions.offer_course),
    Verb("return_course", "退回修改", "须写明理由。", ReturnForm, actions.return_course, main=False),
    Verb("cancel_course", "取消", "理由显示在页面上。", ReasonForm, actions.cancel_course, main=False),
)
VERBS = {verb.code: verb for verb in _ALL}
