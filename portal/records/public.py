"""Readers of what goes with the public copy of an answer: which records, their copies for everyone, what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.cases.models import Case
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.publishing.actions import PublicFile
from portal.publishing.attached import words_in
from portal.publishing.models import ReleaseFile
from portal.publishing.queries import has_public_copy, standing
from portal.records.choices import Audience, CopyState
from portal.records.models import PublicShare, Record, RecordCopy
from portal.records.queries import given_of, has_records, looked_for, marked_for, present_copy
from portal.records.rooms import EDITORS, room_of


@dataclass(frozen=True)
class PublicEntry:
    """A record that was handed over, as it may go with the public copy."""

    number: int
    record: Record
    share: PublicShare
    copy: RecordCopy | None

    @property
    def problem(self) -> str:
        """What is still to be done before the public copy can be proposed with it; "" for nothing."""
        name = f"附件{self.number}"
        if self.copy is None:
            return f"{name}的公众副本尚未制作，或者制作后又有改动"
        if self.copy.state == CopyState.MAKING:
            return f"{name}的公众副本正在制作"
        if not self.copy.is_proven:
            return f"{name}的公众副本未通过核验：{self.copy.problem}"
        if self.copy.proven_for != looked_for(self.record, Audience.PUBLIC):
            return f"制作{name}的公众副本以后，本件的个人信息有变动，请重新制作核验"
        return ""


def may_share(case: Case, actor: Actor) -> bool:
    """True for a clerk of the unit after the answer has gone out, while no public copy is proposed or published."""
    allowed = actor.has_role(case.unit_id, *EDITORS) and case.applicant_id != actor.account_id
    room = room_of(case.kind)
    return allowed and room.shares and room.reached(case) and not has_public_copy(case)


def public_entries(case: Any) -> list[PublicEntry]:
    """The records that were handed over, numbered as the answer's attachments, with what everyone is to get of them."""
    room = room_of(case.kind)
    if not room.shares or not has_records(case) or not room.reached(case):
        return []
    return [_entry(number, case, entry.record) for number, entry in enumerate(given_of(case), 1)]


def _entry(number: int, case: Any, record: Record) -> PublicEntry:
    record.case = case
    share: Any = marked_for(record, Audience.PUBLIC)
    copy = present_copy(record, Audience.PUBLIC) if share.is_wanted else None
    return PublicEntry(number, record, share, copy)


def public_files(case: Any) -> tuple[PublicFile, ...]:
    """The chosen records as files of a public copy. Raises StepRefused while one of them has no proven copy for everyone."""
    wanted = [entry for entry in public_entries(case) if entry.share.is_wanted]
    found = tuple(entry.problem for entry in wanted if entry.problem)
    if found:
        raise StepRefused(f"{'；'.join(found[:3])}。", found)
    return tuple(_file(entry) for entry in wanted)


def _file(entry: PublicEntry) -> PublicFile:
    record, copy = entry.record, entry.copy
    if copy is None or copy.file is None:
        raise StepRefused(f"附件{entry.number}的公众副本尚未制作。")
    return PublicFile(
        title=entry.share.title or record.title,
        document_number=record.document_number,
        made_on=record.made_on,
        maker=record.maker,
        pages=copy.pages,
        stored=copy.file,
        withheld=[[label, pages, count] for label, pages, count in copy.by_ground()],
        words=words_in(copy.file.read()),
    )


def proposed_file(case: Case, number: int) -> ReleaseFile | None:
    """A file of the case's public copy that is proposed, cleared or published; None without one."""
    return (
        ReleaseFile.objects.filter(release__in=standing(case), number=number).select_related("file").first()
    )
