"""Differences that are known and written down, by the beginning of their keys; each goes once it is mended.

They are printed loudly at every run. The empty list is the aim.
"""

from __future__ import annotations

KNOWN: dict[str, str] = {
    "refused submit: StepRefused: 还有N份征求意见": "D14: a lapse does not end the consultations",
    "accepted opinion: answered or ended already": "D14: a lapse does not end the consultations",
    "accepted stop_asking: answered or ended already": "D14: a lapse does not end the consultations",
    "accepted party_received: answered or ended already": "D14: a lapse does not end the consultations",
    "crash in opinion": "D15: an opinion after a reopening crashes",
    "refused amend_receipt: InvalidInput: 请选择已经登记": "D13: what was received while it was closed is forgotten",
    "last days of remedies after": "D17: a posted reply is not received by an account, nor by opening the page",
    "reasons_by after reopen": "D13: what was received while it was closed is forgotten",
    "reasons_by after answer_anew": "D13: what was received while it was closed is forgotten",
}


def known(key: str) -> str:
    """Which known difference that is; "" for a new one."""
    return next((words for begins, words in KNOWN.items() if key.startswith(begins)), "")
