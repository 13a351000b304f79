"""The writers of disclosure on application: a function for each verb."""

from requests_app.actions.after import (
    archive,
    ask_fix,
    close_remedy,
    decide_fix,
    decide_proactive,
    rate,
    record_remedy,
    suggest_proactive,
    void_paper,
)
from requests_app.actions.case_file import make_case_file
from requests_app.actions.correction import correct, lapse, request_correction
from requests_app.actions.draft import (
    attach_to_draft,
    discard_draft,
    remove_draft_file,
    save_draft,
    start_draft,
    sweep_drafts,
    unsaved_draft,
)
from requests_app.actions.endings import answer_anew, hand_on, reopen, terminate
from requests_app.actions.extension import extend, refuse_extension, request_extension
from requests_app.actions.fee import cancel_fee, charge_fee, lapse_fee, pay_fee
from requests_app.actions.intake import assign, register, submit, transfer, withdraw
from requests_app.actions.offline import enter
from requests_app.actions.opinions import amend_party_receipt, close_consultation, take_opinion
from requests_app.actions.overrides import (
    approve_override,
    propose_override,
    refuse_override,
    revoke_override,
)
from requests_app.actions.parties import consult, record_party_receipt, renew_link
from requests_app.actions.people import amend_applicant, change_contact
from requests_app.actions.receipts import (
    amend_receipt,
    open_papers,
    record_fee_receipt,
    record_notice_receipt,
)
from requests_app.actions.release import (
    clear_release,
    propose_release,
    reject_release,
    release,
    retract_release,
)
from requests_app.actions.reply import draft_reply, drop_item, record_search, submit_reply
from requests_app.actions.review import clear_reply, recall_reply, return_reply, review_reply, sign_reply
from requests_app.actions.sending import (
    amend_delivery,
    issue_reply,
    record_delivery,
    record_receipt,
    reply,
    send_reply,
)
from requests_app.actions.succession import succeed
from requests_app.actions.takeover import take_over
from requests_app.actions.triage import (
    ask_reasons,
    flag_obvious,
    give_reasons,
    judge_reasons,
    postpone,
    unflag_obvious,
)

__all__ = [
    "amend_applicant",
    "amend_delivery",
    "amend_party_receipt",
    "amend_receipt",
    "answer_anew",
    "approve_override",
    "archive",
    "ask_fix",
    "ask_reasons",
    "assign",
    "attach_to_draft",
    "cancel_fee",
    "change_contact",
    "charge_fee",
    "clear_release",
    "clear_reply",
    "close_consultation",
    "close_remedy",
    "consult",
    "correct",
    "decide_fix",
    "decide_proactive",
    "discard_draft",
    "draft_reply",
    "drop_item",
    "enter",
    "extend",
    "flag_obvious",
    "give_reasons",
    "hand_on",
    "issue_reply",
    "judge_reasons",
    "lapse",
    "lapse_fee",
    "make_case_file",
    "open_papers",
    "pay_fee",
    "postpone",
    "propose_override",
    "propose_release",
    "rate",
    "recall_reply",
    "record_delivery",
    "record_fee_receipt",
    "record_notice_receipt",
    "record_party_receipt",
    "record_receipt",
    "record_remedy",
    "record_search",
    "refuse_extension",
    "refuse_override",
    "register",
    "reject_release",
    "release",
    "remove_draft_file",
    "renew_link",
    "reopen",
    "reply",
    "request_correction",
    "request_extension",
    "retract_release",
    "return_reply",
    "review_reply",
    "revoke_override",
    "save_draft",
    "send_reply",
    "sign_reply",
    "start_draft",
    "submit",
    "submit_reply",
    "succeed",
    "suggest_proactive",
    "sweep_drafts",
    "take_opinion",
    "take_over",
    "terminate",
    "transfer",
    "unflag_obvious",
    "unsaved_draft",
    "void_paper",
    "withdraw",
]
