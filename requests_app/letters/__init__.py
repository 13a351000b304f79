"""The facts of each paper, from the case: what issue() freezes."""

from requests_app.letters.after import delivery_receipt, fee_notice, fix_notice, unpaid_notice
from requests_app.letters.intake import (
    PAID_ALREADY,
    application_form,
    correction_notice,
    extension_notice,
    lapse_notice,
    postponement_notice,
    reasons_notice,
    receipt,
    register_sheet,
    termination_notice,
    withdrawal_note,
)
from requests_app.letters.opening import information_of
from requests_app.letters.parties import (
    consultation,
    opinion_slip,
    third_party_decision,
    third_party_notice,
)
from requests_app.letters.reply import approval_sheet, reply, search_sheet

__all__ = [
    "PAID_ALREADY",
    "application_form",
    "approval_sheet",
    "consultation",
    "correction_notice",
    "delivery_receipt",
    "extension_notice",
    "fee_notice",
    "fix_notice",
    "information_of",
    "lapse_notice",
    "opinion_slip",
    "postponement_notice",
    "reasons_notice",
    "receipt",
    "register_sheet",
    "reply",
    "search_sheet",
    "termination_notice",
    "third_party_decision",
    "third_party_notice",
    "unpaid_notice",
    "withdrawal_note",
]
