"""Differences that are known and written down, by the beginning of their keys; each goes once it is mended.

They are printed loudly at every run. The empty list is the aim.
"""

from __future__ import annotations

KNOWN: dict[str, str] = {
    "last days of remedies after post": "D17: a posted reply is not received by an account holder",
    "refused submit: StepRefused: 还有N份征求意见": "D20: reopened by mistake, those are asked whom an earlier ending ended",
    "accepted opinion: answered or ended already": "D20: reopened by mistake, those are asked whom an earlier ending ended",
    "crash in opinion": "D20: reopened by mistake, those are asked whom an earlier ending ended",
}


def known(key: str) -> str:
    """Which known difference that is; "" for a new one."""
    return next((words for begins, words in KNOWN.items() if key.startswith(begins)), "")
