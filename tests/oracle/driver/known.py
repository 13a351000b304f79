"""Differences that are known and written down, by the beginning of their keys; each goes once it is mended.

They are printed loudly at every run. The empty list is the aim.
"""

from __future__ import annotations

KNOWN: dict[str, str] = {}


def known(key: str) -> str:
    """Which known difference that is; "" for a new one."""
    return next((words for begins, words in KNOWN.items() if key.startswith(begins)), "")
