"""The staff verbs of error reports."""

from __future__ import annotations

from notices.reports import actions
from notices.reports.forms import AnswerForm, PassOnForm
from portal.web.verbs import Verb

_ALL = (
    Verb("fix_error", "已更正", "先改正网页，再告知提交人。", AnswerForm, actions.fix_error),
    Verb("find_no_error", "经核无误", "告知提交人为什么无误。", AnswerForm, actions.find_no_error),
    Verb(
        "pass_on_report",
        "转有关单位",
        "网页由其他单位维护的，转该单位，期限不变。",
        PassOnForm,
        actions.pass_on_report,
        main=False,
    ),
)
VERBS = {verb.code: verb for verb in _ALL}
