"""The writers of hearings: a function for each verb."""

from consultations.hearings.actions.desk import (
    announce_hearing,
    edit_hearing,
    open_hearing,
    recall_hearing,
    return_hearing,
    review_hearing,
    submit_hearing,
)
from consultations.hearings.actions.report import (
    cancel_hearing,
    clear_report,
    hold_hearing,
    index_hearing,
    publish_report,
    return_report,
    submit_report,
)
from consultations.hearings.actions.seats import (
    SignedUp,
    draw_seats,
    fix_ended,
    fix_list,
    send_papers,
    sign_up,
    withdraw_sign_up,
)

__all__ = [
    "SignedUp",
    "announce_hearing",
    "cancel_hearing",
    "clear_report",
    "draw_seats",
    "edit_hearing",
    "fix_ended",
    "fix_list",
    "hold_hearing",
    "index_hearing",
    "open_hearing",
    "publish_report",
    "recall_hearing",
    "return_hearing",
    "return_report",
    "review_hearing",
    "send_papers",
    "sign_up",
    "submit_hearing",
    "submit_report",
    "withdraw_sign_up",
]
