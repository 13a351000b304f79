"""The verbs of an order."""

from __future__ import annotations

from portal.supervision import actions
from portal.supervision.forms import CloseForm, ReasonForm, ReportForm
from portal.web.verbs import Verb

_ALL = (
    Verb("report_back", "报告办理情况", "写明原因和已经采取的措施。", ReportForm, actions.report_back),
    Verb("close_order", "核实办结", "确认已经办理或者改正。", CloseForm, actions.close_order),
    Verb(
        "return_order", "退回重办", "须写明理由，重新计算期限。", ReasonForm, actions.return_order, main=False
    ),
    Verb("recall_order", "撤回", "不再需要的，写明理由。", ReasonForm, actions.recall_order, main=False),
)
VERBS = {verb.code: verb for verb in _ALL}
