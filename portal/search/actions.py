"""Writers of the index."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from portal.core.segment import fold, tokens
from portal.search.backends import IN_TITLE, SPELT, backend
from portal.search.kinds import KINDS
from portal.search.models import SearchEntry
from portal.search.spelling import initials
from portal.units.models import Unit


@transaction.atomic
def index(
    *, kind: str, key: str, title: str, body: str, unit: Unit | None, published_on: date, url: str
) -> None:
    """Put a public thing into the index, or renew it; never call it for anything unpublished.

    Raises KeyError for a kind that no app declared.
    """
    KINDS[kind]
    entry, _ = SearchEntry.objects.update_or_create(
        key=key,
        defaults={
            "kind": kind,
            "title": title,
            "body": body,
            "folded": fold(f"{title}\n{body}"),
            "initials": initials(title)[:200],
            "unit": unit,
            "published_on": published_on,
            "url": url,
        },
    )
    backend().put(entry.pk, entry_tokens(title, body))


def entry_tokens(title: str, body: str) -> list[str]:
    """All tokens of an entry: of its words, of its title once more, of its title's initials; each kind is marked."""
    spelt = initials(title)
    pairs = {spelt[at : at + 2] for at in range(len(spelt) - 1)}
    return [
        *tokens(f"{title}\n{body}"),
        *(f"{IN_TITLE}{token}" for token in tokens(title)),
        *sorted(f"{SPELT}{pair}" for pair in pairs),
    ]


def keys_of(kind: str) -> list[str]:
    """The keys of all entries of a kind."""
    return list(SearchEntry.objects.filter(kind=kind).values_list("key", flat=True))


@transaction.atomic
def drop(*, key: str) -> None:
    """Take a thing out of the index; nothing happens if it is not there."""
    for entry in SearchEntry.objects.filter(key=key):
        backend().remove(entry.pk)
        entry.delete()
