"""Writers of the record that the index follows."""

from __future__ import annotations

import re
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from portal.core.segment import fold
from portal.search.kinds import CHIP_OF, KINDS
from portal.search.models import AskedQuery, PlainWord, SearchEntry, SearchRemoval, SearchState
from portal.search.spelling import initials
from portal.search.text import plain
from portal.units.models import Unit

STATE = 1
LONGEST_ASKED = 20
_PERSONAL = re.compile(r"\d{5}|@|[\x00-\x1f]")


@transaction.atomic
def index(
    *,
    kind: str,
    key: str,
    title: str,
    body: str,
    unit: Unit | None,
    published_on: date,
    url: str,
    chip: str = "",
    validity: str = "",
    attached: str = "",
) -> None:
    """Put a public thing into the record, or renew it; never call it for anything unpublished.

    `chip` is the channel where it is not the kind's, `attached` the text of its attachments. Raises KeyError for a
    kind that no app declared.
    """
    KINDS[kind]
    entry, _ = SearchEntry.objects.update_or_create(
        key=key,
        defaults={
            "kind": kind,
            "title": title,
            "body": body,
            "folded": plain(f"{title}\n{body}\n{attached}"),
            "initials": initials(title)[:200],
            "unit": unit,
            "published_on": published_on,
            "url": url,
            "chip": chip or CHIP_OF[kind],
            "validity": validity,
            "attached": attached,
            "change": next_change(),
        },
    )
    SearchRemoval.objects.filter(entry=entry.pk).delete()


def keys_of(kind: str) -> list[str]:
    """The keys of all entries of a kind."""
    return list(SearchEntry.objects.filter(kind=kind).values_list("key", flat=True))


@transaction.atomic
def drop(*, key: str) -> None:
    """Take a thing out of the record; nothing happens if it is not there."""
    for number in SearchEntry.objects.filter(key=key).values_list("pk", flat=True):
        SearchRemoval.objects.update_or_create(entry=number, defaults={"change": next_change()})
        SearchEntry.objects.filter(pk=number).delete()


def next_change() -> int:
    """The number of this change; the row stays locked until the transaction ends, so that numbers appear in order."""
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(
                "UPDATE search_searchstate SET change = change + 1 WHERE id = %s RETURNING change", [STATE]
            )
            row = cursor.fetchone()
            if row is not None:
                return int(row[0])
            SearchState.objects.get_or_create(pk=STATE)
    raise RuntimeError("the state of the search could not be written")


@transaction.atomic
def add_word(*, said: str, official: str, source: str) -> PlainWord:
    """Put a plain word into the table. Raises ValidationError for one that is there, or is empty or too long."""
    word = PlainWord(plain=" ".join(said.split()), official=" ".join(official.split()), source=source)
    word.full_clean()
    word.save()
    AskedQuery.objects.filter(text=fold(word.plain)).update(settled=True)
    return word


def count_asked(*, query: str, found: int, on: date) -> None:
    """Count a query; nothing of who asked, and none that could name a person (long numbers, addresses)."""
    text = countable(query)
    if not text:
        return
    row, made = AskedQuery.objects.get_or_create(
        text=text, defaults={"asked": 1, "found": found, "last_on": on}
    )
    if not made:
        AskedQuery.objects.filter(pk=row.pk).update(asked=F("asked") + 1, found=found, last_on=on)


def count_opened(*, query: str) -> None:
    """Count that somebody opened an answer to a query."""
    AskedQuery.objects.filter(text=countable(query)).update(opened=F("opened") + 1)


def settle_asked(*, pk: int) -> None:
    """Take a query off the editors' list."""
    AskedQuery.objects.filter(pk=pk).update(settled=True)


def countable(query: str) -> str:
    """A query as it is counted; "" for one that is not."""
    text = fold(query)
    return "" if len(text) > LONGEST_ASKED or _PERSONAL.search(text) else text
