"""What comes first among texts that fit alike: what is in force, then what one can do, then documents, answers, news."""

from __future__ import annotations

from datetime import date

from portal.search.choices import Chip

FIRST_YEAR = 2010
OUT_OF_FORCE = {"expired": "失效", "repealed": "废止"}
AMENDED = {"amended": "已修改"}
_CHIPS: dict[str, float] = {
    Chip.SERVICE: 1.15,
    Chip.POLICY: 1.08,
    Chip.OPEN: 1.0,
    Chip.ANSWER: 1.04,
    Chip.TALK: 0.97,
}
_VALIDITY = {"amended": 0.92, "expired": 0.45, "repealed": 0.4}


def rank_of(chip: str, validity: str, day: date) -> float:
    """What the score of a text is multiplied with; ten years make four parts in a hundred."""
    fresh = 1 + 0.004 * min(max(day.year - FIRST_YEAR, 0), 30)
    return _CHIPS.get(chip, 1.0) * _VALIDITY.get(validity, 1.0) * fresh


def mark_of(validity: str) -> str:
    """What the page says beside the title of a text that is not simply in force; "" for one that is."""
    return OUT_OF_FORCE.get(validity) or AMENDED.get(validity, "")
