"""Files beside an item: laid there and taken away; what becomes of them is in `portal.publishing.filechecks`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notices.choices import State
from notices.models import Article
from notices.queries import files_of
from portal.cases.actions import attach
from portal.cases.models import CaseFile
from portal.cases.steps import lock, note
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, NotFound
from portal.publishing.filechecks import plan_check
from portal.units.choices import Role

MOST_FILES = 20
PICTURES = ("png", "jpg", "jpeg", "webp")


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
        plan_check(row, actor)
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
