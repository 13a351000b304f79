"""The kinds of things that can be found: declared once, by the app that they belong to."""

from __future__ import annotations

KINDS: dict[str, str] = {}


def declare(code: str, title: str) -> None:
    """Name a kind; called from an app's search.py."""
    KINDS[code] = title
