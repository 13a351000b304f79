"""The writers of disclosure on application: a function for each verb."""

from requests_app.actions.correction import correct, lapse, request_correction
from requests_app.actions.draft import (
    attach_to_draft,
    discard_draft,
    remove_draft_file,
    save_draft,
    start_draft,
    sweep_drafts,
)
from requests_app.actions.extension import extend, refuse_extension, request_extension
from requests_app.actions.intake import assign, register, submit, transfer, withdraw
from requests_app.actions.release import (
    clear_release,
    propose_release,
    reject_release,
    release,
    retract_release,
)
from requests_app.actions.reply import (
    clear_reply,
    draft_reply,
    reply,
    return_reply,
    review_reply,
    sign_reply,
    submit_reply,
)

__all__ = [
    "assign",
    "attach_to_draft",
    "clear_release",
    "clear_reply",
    "correct",
    "discard_draft",
    "draft_reply",
    "extend",
    "lapse",
    "propose_release",
    "refuse_extension",
    "register",
    "reject_release",
    "release",
    "remove_draft_file",
    "reply",
    "request_correction",
    "request_extension",
    "retract_release",
    "return_reply",
    "review_reply",
    "save_draft",
    "sign_reply",
    "start_draft",
    "submit",
    "submit_reply",
    "sweep_drafts",
    "transfer",
    "withdraw",
]
