"""Writing an item."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from notices import rules, structures
from notices.choices import KIND
from notices.models import Article, Column
from notices.queries import content_digest
from portal.cases.numbers import take_case_number, take_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.limits import limit
from portal.holidays.calendars import calendar

PREFIX = "F"
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
OPTIONAL = ("change_note",)


def _check(answers: dict[str, Any], today: Any) -> None:
    field, sentence = rules.item_problem(answers, today)
    if sentence:
        raise InvalidInput(sentence, field)


@transaction.atomic
def open_item(*, answers: dict[str, Any], actor: Actor, at: datetime) -> Article:
    """Begin an item in a column of the actor's unit; both clocks count from the day it was made.

    Their lengths are those in force on the day the item is entered: a document may be older than the rules.

    Raises InvalidInput for particulars that do not fit together.
    """
    column: Column = answers["column"]
    today = timezone.localdate(at)
    _check(answers, today)
    case = Article(unit=column.unit, officer_id=actor.account_id)
    for name in FIELDS:
        setattr(case, name, answers[name])
    case.number = take_case_number(PREFIX, KIND, today.year)
    ordinal = take_number(column.unit, "index", case.made_on.year)
    case.index_number = rules.index_number(column.unit.code, case.made_on.year, ordinal)
    publish_by = calendar().term(case.made_on, limit("publishing.usual", on=today).days)
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
    changed |= {name: answers[name] for name in OPTIONAL if name in answers}
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
