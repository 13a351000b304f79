"""Which events of a request are the applicant's business: shown on the applicant's page, and in the way of own steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PUBLIC_STEPS = frozenset(
    {
        "submit",
        "register",
        "transfer",
        "assign",
        "extend",
        "submit_reply",
        "review_reply",
        "clear_reply",
        "sign_reply",
        "reply",
        "issue_reply",
        "send_reply",
        "withdraw",
        "terminate",
        "succeed",
        "change_contact",
        "amend_applicant",
        "request_correction",
        "correct",
        "lapse",
        "consult",
        "take_opinion",
        "close_consultation",
        "ask_reasons",
        "give_reasons",
        "postpone",
        "charge_fee",
        "record_fee_receipt",
        "pay_fee",
        "cancel_fee",
        "lapse_fee",
        "record_delivery",
        "record_receipt",
        "void_paper",
        "recall_reply",
        "reopen",
        "answer_anew",
        "hand_on",
        "open_papers",
        "record_notice_receipt",
        "amend_delivery",
        "rate",
        "suggest_proactive",
        "decide_proactive",
        "ask_fix",
        "decide_fix",
        "record_remedy",
        "close_remedy",
        "release",
        "retract_release",
        "recompute",
    }
)

# A recount of these dates concerns the office or another party.
NOT_SHOWN = ("internal", "requests.opinion_by")


class ApplicantsView:
    """Mixed into the request."""

    def concerns_applicant(self, kind: str, facts: Mapping[str, Any]) -> bool:
        """True for a public step, unless it is about a paper or a date of somebody else."""
        return (
            kind in PUBLIC_STEPS and facts.get("for_applicant", True) and facts.get("period") not in NOT_SHOWN
        )
