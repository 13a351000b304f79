"""The writers of supervision: a function for each verb."""

from portal.supervision.actions.assessment import (
    decide_objection,
    object_to,
    open_assessment,
    publish_assessment,
)
from portal.supervision.actions.circular import number_circular
from portal.supervision.actions.orders import (
    close_order,
    issue_order,
    recall_order,
    report_back,
    return_order,
)
from portal.supervision.actions.panel import close_panel, mark_sample, open_panel

__all__ = [
    "close_order",
    "close_panel",
    "decide_objection",
    "issue_order",
    "mark_sample",
    "number_circular",
    "object_to",
    "open_assessment",
    "open_panel",
    "publish_assessment",
    "recall_order",
    "report_back",
    "return_order",
]
