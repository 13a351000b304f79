"""Files beside an item: laid there, inspected and made anew by a job, confirmed by a second person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from notices.choices import State
from notices.models import Article, FileCheck
from notices.queries import files_of
from portal.cases.actions import attach
from portal.cases.models import CaseFile
from portal.cases.steps import lock, note
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.files.actions import store_bytes
from portal.jobs.outbox import enqueue
from portal.publishing.inspection import Outcome, let_out, page_count
from portal.publishing.inspection.findings import NEEDS_PERSON
from portal.publishing.screening import screen
from portal.units.choices import Role

MOST_FILES = 20
MOST_PAGES = 100
PICTURES = ("png", "jpg", "jpeg", "webp")
CONFIRMED = "confirm_file"


def attach_file(*, case: Article, name: str, data: bytes, alt: str, actor: Actor, at: datetime) -> CaseFile:
    """Lay a file or a picture beside an item while it is drafted; a picture needs an alt text.

    Raises InvalidInput for a file that is not allowed, or at another time.
    """
    _may_change_files(case, actor)
    if files_of(case).count() >= MOST_FILES:
        raise InvalidInput(f"最多添加{MOST_FILES}个附件", "file")
    picture = name.rpartition(".")[2].lower() in PICTURES
    if picture and not alt.strip():
        raise InvalidInput("图片须填写替代文字，说明图片内容", "alt")
    with transaction.atomic():
        lock(case)
        _may_change_files(case, actor)
        row = attach(case=case, name=name, data=data, at=at, role="picture" if picture else "attachment")
        note(case, "attach_file", actor=actor, at=at, name=row.name, sha256=row.stored.sha256)
        enqueue(
            "notices.check_file", key=f"notices.check_file:{row.pk}", file=row.pk, by=actor.account_id or 0
        )
    return row


def _may_change_files(case: Article, actor: Actor) -> None:
    if not actor.has_role(case.unit_id, Role.CLERK) or case.state != State.DRAFTING:
        raise InvalidInput("起草阶段由本单位经办人添加、移除附件", "file")


@transaction.atomic
def remove_file(*, case: Article, file: CaseFile, actor: Actor, at: datetime) -> None:
    """Take a file away from a draft: one that was never published is deleted, one that a public version shows stays
    with that version and is left out of the next.

    Raises InvalidInput at another time, NotFound for a file that is not there.
    """
    lock(case)
    _may_change_files(case, actor)
    row = files_of(case).filter(pk=file.pk).first()
    if row is None:
        raise NotFound("没有找到该附件。")
    note(case, "remove_file", actor=actor, at=at, name=row.name, sha256=row.stored.sha256)
    kept = {str(key) for key in files_of(case).exclude(pk=row.pk).values_list("public_id", flat=True)}
    keep_files(case, kept)


def keep_files(case: Article, kept: set[str]) -> None:
    """Leave only these files for the next version; what no version ever showed is deleted, with its bytes soon after."""
    versions = case.versions.values_list("fields", flat=True)
    shown = {entry["id"] for fields in versions for entry in fields.get("files", [])}
    rows = {str(row.public_id): row for row in case.files.all()}
    for key in set(rows) - kept - shown:
        rows[key].delete()
    case.set_aside = sorted(set(rows) & shown - kept)
    case.save(update_fields=["set_aside"])


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
def confirm_file(*, case: Article, file: CaseFile, actor: Actor, at: datetime) -> None:
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
