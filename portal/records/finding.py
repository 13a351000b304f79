"""Finding what is to be withheld: a word in all records, the case's own sealed values, what the screening takes for personal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.publishing.screening import screen
from portal.records.choices import Audience
from portal.records.models import Record, RecordPage
from portal.records.queries import case_of, records_of, sealed_for
from portal.redaction import CannotRedact, find_all

MOST_PLACES = 500
MOST_WORDS = 60


@dataclass(frozen=True)
class Spot:
    """A place that is proposed: which record (by its number in the case), page, rectangle; the word, and why."""

    number: int
    record: Record
    page: int
    box: tuple[float, float, float, float]
    word: str
    why: str

    @property
    def value(self) -> str:
        """The place as a form sends it back."""
        sides = ",".join(f"{side:.2f}" for side in self.box)
        return f"{self.record.public_id}|{self.page}|{sides}"


def held_in(record: Record, word: str) -> bool:
    """True if the word stands in the record's text layer."""
    return bool(places(record, [word]))


def places(record: Record, words: Sequence[str]) -> list[Any]:
    """Where words stand in a record; nothing where it cannot be read."""
    if record.pdf is None or not words:
        return []
    try:
        return list(find_all(record.pdf.read(), *words))
    except CannotRedact:
        return []


def spots(case: Any, word: str = "") -> list[Spot]:
    """Everything that is proposed for the records of a case: the word's places, or without one what looks personal.

    Places that a box or word of the record covers already are left out.
    """
    found: list[Spot] = []
    for number, record in enumerate(records_of(case), 1):
        record.case = case
        if not record.is_ready:
            continue
        wanted = {word.strip(): "查找"} if word.strip() else suspects(record)
        marked = {row["text"] for row in record.marks["words"]}
        hits = places(record, [text for text in wanted if text not in marked][:MOST_WORDS])
        found += [
            Spot(number, record, hit.page, hit.rectangle, hit.word, wanted[hit.word])
            for hit in hits
            if not _is_covered(record, hit)
        ]
        if len(found) > MOST_PLACES:
            break
    return found[:MOST_PLACES]


def suspects(record: Record) -> dict[str, str]:
    """Words that should be looked at: sealed values of the case, and what the screening finds in the pages' text."""
    found = {value.strip(): "本件的个人信息" for value in sealed_for(record, Audience.APPLICANT)}
    for page in RecordPage.objects.filter(record=record).order_by("number"):
        for finding in screen(page.text, allowed=(case_of(record).unit.phone, case_of(record).unit.email)):
            words = page.text[finding.start : finding.end].strip()
            if len(words) >= 2:
                found.setdefault(words, finding.kind)
    return found


def _is_covered(record: Record, hit: Any) -> bool:
    left, bottom, right, top = hit.rectangle
    if any(row["page"] == hit.page for row in record.marks["pages"]):
        return True
    return any(
        row["page"] == hit.page
        and row["box"][0] <= left + 1
        and row["box"][1] <= bottom + 1
        and row["box"][2] >= right - 1
        and row["box"][3] >= top - 1
        for row in record.marks["boxes"]
    )


def pages_with(case: Any, words: str) -> list[tuple[int, Record, int]]:
    """(number, record, page) of the pages whose words have these: the text layer's, or those read by machine."""
    key = "".join(words.split()).casefold()
    if not key:
        return []
    found = []
    for number, record in enumerate(records_of(case), 1):
        for page in RecordPage.objects.filter(record=record).order_by("number"):
            if key in "".join(page.text.split()).casefold():
                found.append((number, record, page.number))
    return found
