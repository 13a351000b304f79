"""Files that are laid beside something public: looked into and made anew by a job, confirmed by a second person.

Everyone gets the copy, never the file itself. A file that no reader opens gives no copy and stays out, as one that
failed the safety check does; whatever else hinders a copy is told in a sentence, and the submission waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.cases.choices import FileStatus
from portal.cases.models import Case, CaseFile
from portal.cases.steps import note
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.files.actions import store_bytes
from portal.jobs.outbox import enqueue
from portal.publishing.inspection import Outcome, let_out, page_count
from portal.publishing.inspection.findings import NEEDS_PERSON, UNREADABLE
from portal.publishing.models import FileCheck
from portal.publishing.screening import screen
from portal.units.choices import Role

MOST_PAGES = 100
CONFIRMED = "confirm_file"


@dataclass(frozen=True)
class FileRemark:
    """One sentence about a file, and whether it keeps what it is laid beside from going out."""

    blocks: bool
    sentence: str


def plan_check(file: CaseFile, actor: Actor) -> None:
    """Promise the look into a file in the current transaction."""
    key = f"publishing.check_file:{file.pk}"
    enqueue("publishing.check_file", key=key, file=file.pk, by=actor.account_id or 0)


def check_file(*, file_id: int, added_by: int, at: datetime) -> FileCheck | None:
    """Look into a file, make the copy that is published, and screen the copy's words; once for each file.

    None for a file that was taken away meanwhile.
    """
    row = CaseFile.objects.select_related("stored").filter(pk=file_id).first()
    if row is None:
        return None
    found: Any = FileCheck.objects.filter(file=row).first()
    if found is not None:
        return found  # type: ignore[no-any-return]
    data, kind = row.stored.read(), row.stored.media_type
    if page_count(data, kind) > MOST_PAGES:
        # The look at every page has to fit into the time that a job may take.
        words = f"文件超过{MOST_PAGES}页，请拆分后上传"
        return FileCheck.objects.create(file=row, problem=words, added_by=added_by, checked_at=at)
    passage = let_out(data, media_type=kind, name=row.name)
    check = FileCheck(
        file=row,
        findings=[[entry.code, entry.where, entry.message, entry.page] for entry in passage.findings],
        needs_person=any(entry.code == NEEDS_PERSON for entry in passage.findings)
        or passage.outcome == Outcome.WAITS,
        added_by=added_by,
        checked_at=at,
    )
    if passage.copy is None:
        check.problem = passage.problem[:300]
    else:
        check.copy = store_bytes(passage.copy.data, media_type=passage.copy.media_type)
        check.copy_name = passage.copy.name
        check.remarks = [[entry.blocks, f"{entry.kind}：{entry.shown}"] for entry in screen(passage.text)]
    check.save(force_insert=True)
    return check


@transaction.atomic
def confirm_file(*, case: Case, file: CaseFile, actor: Actor, at: datetime) -> None:
    """A second person has looked: no seal, red header, signature or leader's remark (办法第七条).

    Raises StepRefused for whoever added the file, for anybody who does not review, and where nothing waits.
    """
    if not actor.has_role(case.unit_id, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER):
        raise StepRefused("须由本单位审核人、保密审查人或者签发人核对。")
    check: Any = FileCheck.objects.select_for_update().filter(file=file, needs_person=True).first()
    if check is None or check.confirmed_by_id is not None:
        raise StepRefused("该附件不需要核对，或者已经核对。")
    if check.added_by == actor.account_id:
        raise StepRefused("须由添加附件以外的人员核对。")
    check.confirmed_by_id, check.confirmed_at = actor.account_id, at
    check.save(update_fields=["confirmed_by", "confirmed_at"])
    note(case, CONFIRMED, actor=actor, at=at, file=str(file.public_id), sha256=file.stored.sha256)


def check_of(entry: CaseFile) -> FileCheck | None:
    """What was found in a file; None while nobody has looked."""
    return getattr(entry, "check_result", None)


def copy_of(entry: CaseFile) -> Any:
    """The copy of a file that everyone gets; None while there is none."""
    check = check_of(entry)
    return check.copy if check is not None else None


def is_left_out(entry: CaseFile) -> bool:
    """True for a file that failed its check, or that no reader opens: nobody ever gets it."""
    check = check_of(entry)
    unread = check is not None and check.copy is None and any(row[0] == UNREADABLE for row in check.findings)
    return unread or entry.status == FileStatus.REJECTED


def signed_file(entry: CaseFile) -> dict[str, Any]:
    """What the signatures say of a file: what was laid there, and the copy that is published instead of it."""
    check, copy = check_of(entry), copy_of(entry)
    return {
        "name": entry.name,
        "role": entry.role,
        "sha256": entry.stored.sha256,
        "copy": copy.sha256 if copy is not None else "",
        "copy_name": check.copy_name if check is not None and copy is not None else "",
    }


def remarks_on_file(entry: CaseFile) -> list[FileRemark]:
    """What was found in a file; what the published copy is free of is told, what it is not blocks."""
    if entry.status == FileStatus.REJECTED:
        return [FileRemark(True, entry.problem)]
    check = check_of(entry)
    if entry.status != FileStatus.CLEAN or check is None:
        return [FileRemark(True, "正在进行安全检查和内容检查，请稍后")]
    return remarks_of_check(check)


def remarks_of_check(check: FileCheck) -> list[FileRemark]:
    """What the look into a file found, in sentences."""
    found = [FileRemark(True, check.problem)] if check.problem else []
    for code, where, message, _ in check.findings:
        if code == NEEDS_PERSON:
            waits = check.confirmed_by_id is None
            tail = "须由另一人核对" if waits else "已由另一人核对"
            found.append(FileRemark(waits, f"{where}：{message}（{tail}）"))
        elif not check.problem:
            found.append(FileRemark(False, f"{where}：{message}（公开件中已去除）"))
        else:
            found.append(FileRemark(True, f"{where}：{message}"))
    return found + [FileRemark(blocks, f"公开件中有{words}") for blocks, words in check.remarks]
