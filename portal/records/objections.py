"""Readers of what parties object to: their marks, and what becomes of each of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from portal.cases.models import Case
from portal.privacy.crypto import keyed_digest
from portal.records.choices import GIVEN, Audience, Outcome, Stake
from portal.records.looking import CannotLook, left_open
from portal.records.models import PartyMarks, Record, RecordCopy, RecordPage
from portal.records.queries import records_of, shown_to

KEPT_SECONDS = 3600


def marks_of_party(record: Record, party: int) -> PartyMarks:
    """What a party marked in a record; a row that is not kept yet where it marked nothing."""
    found = PartyMarks.objects.filter(record=record, party=party).first()
    return found or PartyMarks(record=record, party=party)


def has_marked(case: Case, party: int) -> bool:
    """True if the party marked anything in the records of the case."""
    rows = PartyMarks.objects.filter(record__case_id=case.pk, record__removed_at__isnull=True, party=party)
    return any(held.mark_count for held in rows)


def pages_shown(record: Record, party: int) -> list[int]:
    """The pages of the record that the party was shown."""
    rows = RecordCopy.objects.filter(record=record, audience=Audience.PARTY, party=party, state="proven")
    return sorted({page for copy in rows for page in copy.only})


def sheets_shown(copy: RecordCopy) -> list[tuple[int, RecordPage]]:
    """(page of the copy, page of the record) of everything in a party's copy whose picture is made."""
    known = {sheet.number: sheet for sheet in RecordPage.objects.filter(record=copy.record)}
    return [(at, known[page]) for at, page in enumerate(copy.only, 1) if page in known]


def shown_copy(case: Case, party: int, copy_id: Any) -> RecordCopy | None:
    """The party's present copy of that public id."""
    return next((copy for copy in shown_to(case, party) if copy.public_id == copy_id), None)


@dataclass(frozen=True)
class Objection:
    """One place that a party objects to, and what becomes of it; `box` is None for a whole page."""

    number: int
    record: Record
    party: int
    page: int
    box: list[float] | None
    stake: str
    reason: str
    outcome: Outcome

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return f"《{self.record.title}》第{self.page}页{'' if self.box else '（整页）'}"

    @property
    def why(self) -> str:
        """What is at stake, and the reason if one was given."""
        return f"{self.stake}：{self.reason}" if self.reason else self.stake

    @property
    def is_met(self) -> bool:
        """True if nothing of it is given."""
        return self.outcome == Outcome.WITHHELD


def objections_of(case: Case, party: int | None = None, record: Record | None = None) -> list[Objection]:
    """What parties marked in the records of a case (of one party, of one record), each with what becomes of it now."""
    rows = PartyMarks.objects.filter(record__case_id=case.pk, record__removed_at__isnull=True)
    if party is not None:
        rows = rows.filter(party=party)
    if record is not None:
        rows = rows.filter(record=record)
    kept = list(rows.order_by("record_id", "party"))
    if not kept:
        return []
    numbered = {entry.pk: (number, entry) for number, entry in enumerate(records_of(case), 1)}
    found = []
    for held in kept:
        number, entry = numbered[held.record_id]
        places = [*held.marks["boxes"], *held.marks["pages"]]
        for row, outcome in zip(places, _outcomes(entry, places), strict=True):
            stake = Stake(row["ground"]).label
            found.append(
                Objection(
                    number,
                    entry,
                    held.party,
                    row["page"],
                    row.get("box"),
                    str(stake),
                    row.get("reason", ""),
                    outcome,
                )
            )
    return found


def _outcomes(record: Record, places: list[Mapping[str, Any]]) -> list[Outcome]:
    """What becomes of each place: by its signs, by its surface where there are none."""
    if record.disposition and record.disposition not in GIVEN:
        return [Outcome.WITHHELD for _ in places]
    if record.pdf is None or not places:
        return [Outcome.GIVEN for _ in places]
    # A process is begun to look into the file: once for what is asked, however many pages show the answer.
    asked = json.dumps([record.pdf.sha256, places, record.marks_digest], sort_keys=True)
    key = f"objections:{keyed_digest(asked, 'records.objections')}"
    counted = cache.get(key)
    if counted is None:
        try:
            counted = left_open(record.pdf.read(), places, record.marks)
        except CannotLook:
            return [Outcome.GIVEN for _ in places]
        cache.set(key, counted, KEPT_SECONDS)
    return [_outcome(whole, left) for whole, left in counted]


def _outcome(whole: int, left: int) -> Outcome:
    if not left:
        return Outcome.WITHHELD
    return Outcome.GIVEN if left == whole else Outcome.IN_PART
