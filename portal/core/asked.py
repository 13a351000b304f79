"""Numbers out of addresses and forms: whatever was typed, a number in its range or none."""

from __future__ import annotations

LONGEST = 9  # digits; more than any list, year or page has


def asked_number(text: str, low: int = 0, high: int = 10**LONGEST) -> int | None:
    """The whole number that was asked for, between both bounds included; None for everything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST):
        return None
    number = int(text)
    return number if low <= number <= high else None


def asked_year(text: str) -> int | None:
    """A year of this portal's time, 2000 to 2100; None for everything else."""
    return asked_number(text, 2000, 2100)
