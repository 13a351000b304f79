"""Which events of a letter are the writer's business: shown on the writer's page, and in the way of own steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PUBLIC_STEPS = frozenset(
    {
        "submit",
        "accept",
        "decline",
        "hand_over",
        "assign",
        "rule_unit",
        "sign_for",
        "ask_supplement",
        "supplement",
        "continue_without",
        "extend",
        "merge",
        "unmerge",
        "handle_alone",
        "sign_reply",
        "answer",
        "answer_with_leader",
        "rehandle",
        "escalate",
        "conclude_supervision",
        "recompute",
        "release",
        "retract_release",
        "withdraw",
    }
)
NOT_SHOWN = ("internal", "mailbox.assist_by")


class WritersView:
    """Mixed into the letter."""

    def concerns_applicant(self, kind: str, facts: Mapping[str, Any]) -> bool:
        """True for a public step, unless it is about a date of somebody else."""
        return kind in PUBLIC_STEPS and facts.get("period") not in NOT_SHOWN
