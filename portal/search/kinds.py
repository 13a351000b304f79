"""The kinds of things that can be found: declared once, by the app that they belong to."""

from __future__ import annotations

from zlib import crc32

from portal.search.choices import Chip

KINDS: dict[str, str] = {}
CHIP_OF: dict[str, str] = {}


def declare(code: str, title: str, chip: Chip = Chip.OPEN) -> None:
    """Name a kind and the channel where it stands; called from an app's search.py."""
    KINDS[code] = title
    CHIP_OF[code] = chip


def number_of(code: str) -> int:
    """A kind or a channel as a number for counting, the same on every machine."""
    return crc32(code.encode()) & 0x7FFFFFFF
