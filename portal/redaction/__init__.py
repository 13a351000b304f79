"""Redaction (区分处理): a new copy without what is withheld, and the proof that no reader finds it.

    places = find_all(data, "张伟", "13987701234")            # boxes to propose
    orders = Orders(
        boxes=(Box(2, (72.0, 640.5, 190.0, 655.0), "个人隐私"),),
        words=(Word("张伟", "个人隐私"),),                      # wherever it stands
        pages={5: "商业秘密"},                                  # whole pages
        sealed=case_values,                                    # must not be anywhere
    )
    made = redact(data, orders)                                # raises CannotRedact, NotProven
    made.data, made.withheld, made.pictured, made.proof

Places are in PDF points in the page's own space, origin at its MediaBox's, y upwards; pages count from 1.
See docs/adr/0017.
"""

from portal.redaction.orders import (
    Box,
    CannotRedact,
    NotProven,
    Orders,
    Place,
    Proof,
    Redacted,
    Withheld,
    Word,
)
from portal.redaction.running import find_all, redact

__all__ = [
    "Box",
    "CannotRedact",
    "NotProven",
    "Orders",
    "Place",
    "Proof",
    "Redacted",
    "Withheld",
    "Word",
    "find_all",
    "redact",
]
