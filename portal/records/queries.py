"""Readers of records: always of a case that the asker was shown by its own room."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portal.cases.models import Case
from portal.cases.registry import in_full
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.privacy.crypto import keyed_digest
from portal.privacy.models import PersonalDataAccess
from portal.records.choices import GIVEN, Audience, CopyState, Disposition
from portal.records.models import Fetch, Marked, PublicShare, Record, RecordCopy, RecordPage
from portal.records.rooms import EDITORS, READERS, room_of

NOT_FOUND = "没有找到该信息。"
FEWEST_SIGNS = 2


def may_read(case: Case, actor: Actor) -> bool:
    """True for those of the case's unit who draft, review, clear or sign: records hold what nobody else may see."""
    return actor.has_role(case.unit_id, *READERS) and case.applicant_id != actor.account_id


def may_edit(case: Case, actor: Actor) -> bool:
    """True for a clerk of the case's unit while the answer is being worked on."""
    allowed = actor.has_role(case.unit_id, *EDITORS) and case.applicant_id != actor.account_id
    return allowed and case.state in room_of(case.kind).open_states


def find_for_staff(actor: Actor, kind: str, public_id: uuid.UUID) -> Any:
    """A case whose records the actor may read; NotFound otherwise."""
    case = room_of(kind).find(actor, public_id)
    if not may_read(case, actor):
        raise NotFound(NOT_FOUND)
    return case


def case_of(record: Record) -> Any:
    """The case of a record with what its kind adds to it."""
    if type(record.case) is Case:
        record.case = in_full(record.case)
    return record.case


def records_of(case: Case) -> QuerySet[Record]:
    """The records of a case that were not removed, in order."""
    rows = Record.objects.filter(case_id=case.pk, removed_at__isnull=True)
    return rows.select_related("file", "pdf", "added_by", "marked_by")


def has_records(case: Case) -> bool:
    """True if something was found for the case."""
    return Record.objects.filter(case_id=case.pk, removed_at__isnull=True).exists()


def find_record(case: Case, public_id: uuid.UUID) -> Record:
    """A record of the case; NotFound for any other."""
    found = records_of(case).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    found.case = case
    return found


def page_of(record: Record, number: int) -> RecordPage:
    """A page of a record; NotFound while its picture has not been made."""
    found = RecordPage.objects.filter(record=record, number=number).select_related("picture").first()
    if found is None:
        raise NotFound("这一页的图像还没有做好，请稍后刷新。")
    return found


def pages_of(record: Record, first: int, count: int) -> list[RecordPage]:
    """So many pages from `first` on, as far as their pictures are made."""
    rows = RecordPage.objects.filter(record=record, number__gte=first, number__lt=first + count)
    return list(rows.order_by("number"))


def find_copy(case: Case, public_id: uuid.UUID) -> RecordCopy:
    """A copy of the case by its public id; NotFound for any other."""
    found = RecordCopy.objects.filter(record__case_id=case.pk, public_id=public_id).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def has_looked(account_id: int | None, record: Record, since: datetime | None = None) -> bool:
    """True if it is on record that this account opened the record, since that moment if one is given."""
    if account_id is None:
        return False
    looks = PersonalDataAccess.objects.filter(account_id=account_id, subject=record.case.public_id)
    found = looks.filter(field=look_field(record))
    return (found.filter(at__gte=since) if since is not None else found).exists()


def look_field(record: Record) -> str:
    """How the record of looks names a record."""
    return f"record:{record.pk}"


# the copies ---------------------------------------------------------------------------------------------


def sealed_for(record: Record, audience: str, party: int | None = None) -> tuple[str, ...]:
    """The values that may not be found in a copy for that audience; a party may read what names itself."""
    case = case_of(record)
    room = room_of(case.kind)
    allowed = set(room.party_values(case, party)) if party is not None else set()
    if audience == Audience.APPLICANT and record.own_data:
        allowed |= set(room.own(case))
    return _without(room.sealed(case), allowed)


def marked_for(record: Record, audience: str = Audience.APPLICANT) -> Marked:
    """What is withheld from an audience: from everyone, all that is withheld from the applicant and more."""
    if audience != Audience.PUBLIC:
        return record
    share: PublicShare | None = PublicShare.objects.filter(record=record).first()
    if share is None:
        return PublicShare(record=record, title=record.title, marks=record.marks)
    share.marks = both(record.marks, share.marks)
    return share


def both(first: Mapping[str, list[Any]], more: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The places of both, those of the first one in front; a place on the same ground once."""
    found: dict[str, list[Any]] = {}
    for name in ("boxes", "words", "pages"):
        known = {_place(row) for row in first[name]}
        found[name] = [*first[name], *(row for row in more[name] if _place(row) not in known)]
    return found


def _place(row: Mapping[str, Any]) -> str:
    return json.dumps([row.get("page"), row.get("box"), row.get("text")], ensure_ascii=False)


def orders_of(
    record: Record,
    audience: str = Audience.APPLICANT,
    party: int | None = None,
    only: Sequence[int] = (),
) -> str:
    """What a copy of the record is made from now: its pages and what is withheld; under the index key."""
    pages = record.pdf.sha256 if record.pdf is not None else ""
    made_from = [pages, marked_for(record, audience).marks_digest, audience, party or 0, list(only)]
    return keyed_digest(json.dumps(made_from), "records.orders")


def looked_for(record: Record, audience: str = Audience.APPLICANT, party: int | None = None) -> str:
    """Which sealed values a copy would be searched for now; under the index key."""
    return _digest_of_them(sealed_for(record, audience, party))


def _digest_of_values(record: Record, sealed: tuple[str, ...], own: tuple[str, ...]) -> str:
    """As `looked_for`, for the applicant, with the case's values at hand."""
    return _digest_of_them(_without(sealed, set(own) if record.own_data else set()))


def _digest_of_them(values: Iterable[str]) -> str:
    return keyed_digest(json.dumps(sorted(values), ensure_ascii=False), "records.sealed")


def _without(values: Iterable[str], allowed: set[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in allowed and len(value.strip()) >= FEWEST_SIGNS)


def present_copy(record: Record, audience: str = Audience.APPLICANT) -> RecordCopy | None:
    """The newest copy that was made from the record as it is now; None where there is none."""
    rows = [copy for copy in _copies([record]).get(record.pk, []) if copy.audience == audience]
    orders = orders_of(record, audience) if rows else ""
    return next((copy for copy in reversed(rows) if copy.orders == orders), None)


def shown_to(case: Any, party: int) -> list[RecordCopy]:
    """What a party is shown: the newest copy of each record that was made for it, if it is proven."""
    rows = RecordCopy.objects.filter(
        record__case_id=case.pk, audience=Audience.PARTY, party=party, record__removed_at__isnull=True
    )
    newest = {copy.record_id: copy for copy in rows.select_related("record", "file").order_by("id")}
    return [copy for copy in newest.values() if copy.is_proven]


def party_copies(record: Record) -> list[RecordCopy]:
    """The copies that were made of a record for those who are consulted, the newest for each."""
    rows = RecordCopy.objects.filter(record=record, audience=Audience.PARTY).order_by("id")
    return list({copy.party: copy for copy in rows}.values())


def _copies(records: Iterable[Record]) -> dict[int, list[RecordCopy]]:
    found: dict[int, list[RecordCopy]] = defaultdict(list)
    rows = RecordCopy.objects.filter(record__in=[record.pk for record in records])
    for copy in rows.select_related("file").order_by("id"):
        found[copy.record_id].append(copy)
    return found


@dataclass(frozen=True)
class Entry:
    """A record as its list shows it: its number among the case's, its present copy, where else the same file is.

    `looked_for` are the sealed values that a copy made now would be searched for, as a digest.
    """

    number: int
    record: Record
    copy: RecordCopy | None
    same: list[str] = field(default_factory=list)
    looked_for: str = ""

    @property
    def is_given(self) -> bool:
        """True if it is handed over, whole or in part."""
        return self.record.disposition in GIVEN

    @property
    def problem(self) -> str:
        """What is still to be done before the reply can go to review; "" for nothing."""
        record, name = self.record, f"第{self.number}份信息"
        if not record.is_ready:
            return f"{name}尚未检查完毕" if not record.problem else f"{name}不能使用：{record.problem}"
        if record.disposition == Disposition.UNDECIDED:
            return f"{name}尚未确定如何提供"
        if record.disposition == Disposition.PART and not record.mark_count:
            return f"{name}确定为遮盖后提供，但没有任何遮盖"
        if record.disposition == Disposition.WHOLE and record.mark_count:
            return f"{name}确定为全部提供，但标记了遮盖的内容"
        if not self.is_given:
            return ""
        if self.copy is None:
            return f"{name}的副本尚未制作，或者制作后又有改动"
        if self.copy.state == CopyState.MAKING:
            return f"{name}的副本正在制作"
        if not self.copy.is_proven:
            return f"{name}的副本未通过核验：{self.copy.problem}"
        if self.copy.proven_for != self.looked_for:
            return f"制作第{self.number}份信息的副本以后，本件的个人信息有变动，请重新制作核验"
        return ""


def entries_of(case: Case) -> list[Entry]:
    """The records of a case with their present copies."""
    records = list(records_of(case))
    copies = _copies(records)
    same = _same_files(case, records)
    room = room_of(case.kind) if copies else None
    sealed, own = (room.sealed(case), room.own(case)) if room is not None else ((), ())
    found = []
    for number, record in enumerate(records, 1):
        record.case = case
        mine = [copy for copy in copies.get(record.pk, []) if copy.audience == Audience.APPLICANT]
        orders = orders_of(record) if mine else ""
        present = next((copy for copy in reversed(mine) if copy.orders == orders), None)
        asked = _digest_of_values(record, sealed, own) if present is not None else ""
        found.append(Entry(number, record, present, same.get(record.pk, []), asked))
    return found


def _same_files(case: Case, records: list[Record]) -> dict[int, list[str]]:
    """Where the same file is too: in this case, or in another one of the unit."""
    numbers = {record.pk: number for number, record in enumerate(records, 1)}
    files = {record.file_id for record in records if record.file_id is not None}
    rows = Record.objects.filter(file__in=files, removed_at__isnull=True, case__unit_id=case.unit_id)
    by_file: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for pk, file_id, number in rows.order_by("id").values_list("pk", "file_id", "case__number"):
        where = f"本件第{numbers[pk]}份" if pk in numbers else f"{number}"
        by_file[file_id].append((pk, where))
    return {
        record.pk: [where for pk, where in by_file[record.file_id] if pk != record.pk]
        for record in records
        if record.file_id is not None
    }


def problems_of(entries: Iterable[Entry]) -> list[str]:
    """Everything that is still to be done, in order."""
    return [entry.problem for entry in entries if entry.problem]


def digest_parts(case: Case) -> tuple[str, ...]:
    """What the signatures of a reply cover beside its words: every record, its copy, the table of what is withheld.

    Nothing for a case without records, so that answers from before there were any keep their digests.
    """
    parts = []
    for entry in entries_of(case):
        copy = entry.copy if entry.is_given else None
        sha256 = copy.sha256 if copy is not None else ""
        table = json.dumps(copy.withheld, ensure_ascii=False) if copy is not None else ""
        parts += [f"record {entry.number}", entry.record.decided(sha256 + table)]
    return tuple(parts)


def handed(case: Case) -> list[Entry]:
    """What an answer that has gone out gives, numbered as its attachments; nothing before."""
    if not has_records(case) or not room_of(case.kind).reached(case):
        return []
    return [Entry(number, entry.record, entry.copy) for number, entry in enumerate(given_of(case), 1)]


def given_of(case: Case) -> list[Entry]:
    """The records that are handed over, with their proven copies, in the order of the reply's attachments."""
    return [entry for entry in entries_of(case) if entry.is_given and entry.copy and entry.copy.is_proven]


def pages_given(case: Case) -> list[tuple[Record, int]]:
    """The records that are given with how many of their pages the applicant gets; wholly withheld pages do not count.

    What the fee by page counts (国办函〔2020〕109号).
    """
    rows = [entry.record for entry in entries_of(case) if entry.is_given]
    return [(record, record.pages - len({row["page"] for row in record.marks["pages"]})) for record in rows]


def handed_over(sha256: str) -> RecordCopy | None:
    """The copy of that SHA-256, for whoever holds the file; None if no answer that has gone out gives it."""
    rows = RecordCopy.objects.filter(
        sha256=sha256, state=CopyState.PROVEN, audience=Audience.APPLICANT, record__removed_at__isnull=True
    )
    for copy in rows.select_related("record__case__unit").order_by("-id")[:5]:
        if room_of(copy.record.case.kind).reached(case_of(copy.record)):
            return copy
    return None


def fetched(case: Case) -> int:
    """How often copies of a case were taken."""
    return Fetch.objects.filter(case_id=case.pk).count()
