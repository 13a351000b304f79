"""The writers of the letter box: a function for each verb."""

from mailbox.actions.after import WRITER, conclude_supervision, object_to_answer, rate
from mailbox.actions.answer import answer, return_check
from mailbox.actions.bounces import take_bounce
from mailbox.actions.by_mail import take_mail
from mailbox.actions.extension import extend, refuse_extension, request_extension
from mailbox.actions.group import letters_by_number, merge, unmerge
from mailbox.actions.intake import SCOPE, Submitted, Upload, enter, submit
from mailbox.actions.readers import name_reader, revoke_reader
from mailbox.actions.recall import change_officer, recall
from mailbox.actions.release import (
    clear_release,
    propose_release,
    reject_release,
    release,
    retract_release,
    suggested_text,
    warnings_for,
)
from mailbox.actions.reminders import send_late_notices, send_reminders
from mailbox.actions.reply import draft_reply, return_reply, review_reply, sign_reply, submit_reply
from mailbox.actions.screening import accept, decline, hand_over
from mailbox.actions.supplement import ask_supplement, continue_without, supplement
from mailbox.actions.tray import add_mail_to_letter, dismiss_mail, open_letter_of_mail
from mailbox.actions.units import (
    ask_assistance,
    assign,
    cancel_assistance,
    contribute,
    return_letter,
    rule_unit,
    sign_for,
)
from mailbox.actions.withdraw import withdraw

__all__ = [
    "SCOPE",
    "WRITER",
    "Submitted",
    "Upload",
    "accept",
    "add_mail_to_letter",
    "answer",
    "ask_assistance",
    "ask_supplement",
    "assign",
    "cancel_assistance",
    "change_officer",
    "clear_release",
    "conclude_supervision",
    "continue_without",
    "contribute",
    "decline",
    "dismiss_mail",
    "draft_reply",
    "enter",
    "extend",
    "hand_over",
    "letters_by_number",
    "merge",
    "name_reader",
    "object_to_answer",
    "open_letter_of_mail",
    "propose_release",
    "rate",
    "recall",
    "refuse_extension",
    "reject_release",
    "release",
    "request_extension",
    "retract_release",
    "return_check",
    "return_letter",
    "return_reply",
    "review_reply",
    "revoke_reader",
    "rule_unit",
    "send_late_notices",
    "send_reminders",
    "sign_for",
    "sign_reply",
    "submit",
    "submit_reply",
    "suggested_text",
    "supplement",
    "take_bounce",
    "take_mail",
    "unmerge",
    "warnings_for",
    "withdraw",
]
