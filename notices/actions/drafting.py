"""Writing an item."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from notices import rules, structures
from notices.choices import KIND, State
from notices.models import Article, Column
from notices.queries import content_digest
from portal.cases.actions import attach
from portal.cases.models import CaseFile
from portal.cases.numbers import take_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.limits import limit
from portal.core.numbering import case_number
from portal.holidays.calendars import calendar
from portal.units.choices import Role

PREFIX = "F"
MOST_FILES = 20
FIELDS = (
    "title",
    "column",
    "route",
    "doc_number",
    "issuer",
    "made_on",
    "subject",
    "openness",
    "summary",
    "body",
    "source",
    "source_url",
    "interprets",
    "outlets",
)


def _check(answers: dict[str, Any], today: Any) -> None:
    field, sentence = rules.item_problem(answers, today)
    if sentence:
        raise InvalidInput(sentence, field)


@transaction.atomic
def open_item(*, answers: dict[str, Any], actor: Actor, at: datetime) -> Article:
    """Begin an item in a column of the actor's unit; both clocks count from the day it was made.

    Raises InvalidInput for particulars that do not fit together.
    """
    column: Column = answers["column"]
    today = timezone.localdate(at)
    _check(answers, today)
    case = Article(unit=column.unit, officer_id=actor.account_id)
    for name in FIELDS:
        setattr(case, name, answers[name])
    case.number = case_number(PREFIX, today.year, take_number(column.unit, KIND, today.year))
    ordinal = take_number(column.unit, "index", case.made_on.year)
    case.index_number = rules.index_number(column.unit.code, case.made_on.year, ordinal)
    publish_by = calendar().add(case.made_on, limit("publishing.usual").days)
    open_case(case, "open_item", actor=actor, at=at, publish_by=publish_by, column=str(column))
    return case


@transaction.atomic
def edit_item(
    *,
    case: Article,
    answers: dict[str, Any],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Change an item; an approval that was given is void. The day it was made moves no clock afterwards."""
    _check(answers, timezone.localdate(at))
    if answers["column"].unit_id != case.unit_id:
        raise InvalidInput("请选择本单位的栏目", "column")
    changed = {name: answers[name] for name in FIELDS if name != "made_on"}
    for name, value in changed.items():
        setattr(case, name, value)
    digest = content_digest(case)
    take_step(case, "edit_item", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    for name, value in changed.items():
        setattr(case, name, value)
    case.save(update_fields=list(changed))


@transaction.atomic
def put_structure(
    *,
    case: Article,
    structure: str,
    answers: dict[str, Any],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Fill in the parts of a guide, of an office or of a leader ("" takes them out); an approval is void.

    Raises InvalidInput (field: the part) for one that is missing or wrong.
    """
    if structure and structure not in structures.STRUCTURES:
        raise InvalidInput("没有这种结构", "structure")
    kept = structures.read(structures.STRUCTURES[structure], answers) if structure else {}
    case.structure, case.particulars = structure, kept
    digest = content_digest(case)
    take_step(case, "edit_item", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    case.structure, case.particulars = structure, kept
    case.save(update_fields=["structure", "particulars"])


def attach_file(*, case: Article, name: str, data: bytes, alt: str, actor: Actor, at: datetime) -> CaseFile:
    """Lay a file or a picture beside an item while it is drafted; a picture needs an alt text.

    Raises InvalidInput for a file that is not allowed, or at another time.
    """
    if not actor.has_role(case.unit_id, Role.CLERK) or case.state != State.DRAFTING:
        raise InvalidInput("起草阶段由本单位经办人添加附件", "file")
    if case.files.count() >= MOST_FILES:
        raise InvalidInput(f"最多添加{MOST_FILES}个附件", "file")
    picture = name.rpartition(".")[2].lower() in ("png", "jpg", "jpeg", "webp")
    if picture and not alt.strip():
        raise InvalidInput("图片须填写替代文字，说明图片内容", "alt")
    with transaction.atomic():
        return attach(case=case, name=name, data=data, at=at, role="picture" if picture else "attachment")
