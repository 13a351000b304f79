"""Finding cases by who asked and by what was said, for those who may see them.

The words are kept as keyed digests, never as words: a name, a telephone number and an identity number whole, the rest
word by word. A case is followed when somebody looks, by the number of its last event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from portal.cases.models import Case, CaseQuerySet
from portal.cases.registry import KINDS
from portal.privacy.crypto import keyed_digest
from portal.search.models import CaseFollowed, CaseWord
from portal.search.text import plain, words_of
from portal.search.words import silent_words

PURPOSE = "search.case"
AT_ONCE = 500
MOST_WORDS = 2000
LONGEST = 60
ALIKE, FEWEST = 70, 4
_NOT_NUMBER = re.compile(r"[^0-9a-z]")


@dataclass(frozen=True)
class Said:
    """What a case can be found by: values that are typed whole, and texts that are typed in words."""

    whole: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


SAID: dict[str, Callable[[Any], Said]] = {}


def tell_said(kind: str, said: Callable[[Any], Said]) -> None:
    """Say what a kind of case is found by; called from an app's search.py. Nothing for what its unit may not read."""
    SAID[kind] = said


def find_cases(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Those of the cases that have a value or all the words, newest first; `cases` are those that the asker may see."""
    follow(cases)
    folded = plain(typed[:LONGEST])
    words = _words([folded])
    found = cases.filter(Exists(_having(_digest(_squeezed(folded)))))
    if words:
        among = cases
        for word in words:
            among = among.filter(Exists(_having(_digest(word))))
        found = cases.filter(pk__in=found.values("pk")) | cases.filter(pk__in=among.values("pk"))
    return found.for_lists().order_by("-id")


def alike(case: Case, among: CaseQuerySet, least: int = ALIKE, most: int = 10) -> dict[int, int]:
    """Ids of the cases that have most of this one's words and few others, with the likeness in %: what both have of what
    either has. Nothing of a case whose words its unit may not read."""
    follow(among | Case.objects.filter(pk=case.pk))
    own = CaseWord.objects.filter(case=case.pk).values("digest")
    words = own.count()
    if words < FEWEST:
        return {}
    shared = CaseWord.objects.filter(case__in=among.order_by().values("pk"), digest__in=own)
    near = dict(
        shared.values_list("case").annotate(both=Count("pk")).filter(both__gte=words * least // 100)[:500]
    )
    sizes = CaseWord.objects.filter(case__in=list(near)).values_list("case").annotate(all=Count("pk"))
    ratio = {pk: round(100 * near[pk] / (words + size - near[pk])) for pk, size in sizes}
    best = sorted((pk for pk in ratio if ratio[pk] >= least), key=lambda pk: (-ratio[pk], pk))[:most]
    return {pk: ratio[pk] for pk in best}


def follow(cases: CaseQuerySet, most: int = AT_ONCE) -> int:
    """Take up the words of cases that went on since, the newest first; gives how many."""
    known = CaseFollowed.objects.filter(case=OuterRef("pk"), seq=OuterRef("last_seq"))
    behind = (
        cases.filter(~Exists(known), kind__in=list(SAID))
        .order_by("-pk")
        .values_list("pk", "kind", "last_seq")
    )
    count = 0
    for pk, kind, seq in list(behind[:most]):
        _take_up(KINDS[kind].model._default_manager.get(pk=pk), SAID[kind], seq)
        count += 1
    return count


@transaction.atomic
def _take_up(case: Case, said: Callable[[Any], Said], seq: int) -> None:
    told = said(case)
    whole = {_squeezed(plain(value)) for value in told.whole if value.strip()}
    digests = {_digest(word) for word in [*whole, *_words(map(plain, told.texts))][:MOST_WORDS]}
    CaseWord.objects.filter(case=case.pk).delete()
    CaseWord.objects.bulk_create([CaseWord(case_id=case.pk, digest=digest) for digest in sorted(digests)])
    CaseFollowed.objects.update_or_create(case_id=case.pk, defaults={"seq": seq})


def _having(digest: str) -> Any:
    return CaseWord.objects.filter(case=OuterRef("pk"), digest=digest)


def _words(texts: Iterable[str]) -> list[str]:
    found = dict.fromkeys(word for text in texts for word in words_of(text))
    return [word for word in found if len(word) > 1 and word not in silent_words()]


def _squeezed(value: str) -> str:
    """A value without blanks; a number without its strokes."""
    squeezed = value.replace(" ", "")
    return _NOT_NUMBER.sub("", squeezed) if squeezed.isascii() and "@" not in squeezed else squeezed


def _digest(word: str) -> str:
    return keyed_digest(word, PURPOSE)[:24]
