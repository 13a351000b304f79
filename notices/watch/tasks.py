"""Jobs of the watch; each may run again at any time."""

from __future__ import annotations

from django.utils import timezone

from notices.actions import sweep_index
from notices.watch import actions


def words() -> int:
    """Compare the words of everything public with what was published; the search holds nothing else."""
    at = timezone.now()
    sweep_index(at=at)
    return actions.check_words(at=at)


def pages() -> int:
    """Open the home page and some pages as a reader would."""
    at = timezone.now()
    actions.probe_home(at=at)
    return actions.check_pages(at=at)


def links() -> dict[str, int]:
    """Look at the next links."""
    return actions.check_links(at=timezone.now())


def morning() -> int:
    """Before work begins: write down the links, tell the owners of columns that turn red; neither waits for the other."""
    at = timezone.now()
    try:
        return actions.warn_owners(at=at)
    finally:
        actions.collect_links(at=at)
