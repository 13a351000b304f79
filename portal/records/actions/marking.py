"""What is withheld of a record: boxes, words, whole pages, saved as a whole with the version that was seen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.cases.models import Case
from portal.cases.steps import note
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StaleCase, StepRefused
from portal.records.actions.gate import hold, hold_public, open_record
from portal.records.choices import Audience, Ground
from portal.records.finding import held_in
from portal.records.models import Marked, Record
from portal.records.queries import both, case_of, marked_for, records_of

MOST_BOXES = 2000
MOST_WORDS = 200
MOST_SIGNS = 60
FAR = 20_000


@transaction.atomic
def save_marks(
    *,
    record: Record,
    marks: Mapping[str, Any],
    seen: int,
    actor: Actor,
    at: datetime,
    audience: str = Audience.APPLICANT,
) -> dict[str, Any]:
    """Keep what is withheld from the applicant, or from everyone; gives it as it was kept. `seen` is the version it was made from.

    What the applicant may not see stays withheld from everyone, whatever is sent. Raises StaleCase if somebody saved in
    between (its `version` is the present one), InvalidInput for a place that is not in the file, StepRefused as `hold` or
    `hold_public` do.
    """
    case = case_of(record)
    is_public = audience == Audience.PUBLIC
    account_id = hold_public(case, actor) if is_public else hold(case, actor)
    open_record(record)
    if not record.is_ready:
        raise StepRefused("该信息还没有检查完毕，不能标记。")
    held = marked_for(record, audience)
    if seen != held.marks_version:
        who = held.marked_by.get_full_name() if held.marked_by is not None else "其他人"
        raise StaleCase(
            f"{who}刚刚改动了遮盖的内容，请核对后再保存。",
            changed="遮盖的内容刚刚有改动",
            version=held.marks_version,
        )
    kept = checked(marks, record.pages)
    _keep(held, both(record.marks, kept) if is_public else kept, account_id)
    _tell(case, record, actor, at, "mark_public_record" if is_public else "mark_record")
    return dict(held.marks)


@transaction.atomic
def mark_word(*, case: Case, word: str, ground: str, actor: Actor, at: datetime) -> list[Record]:
    """Withhold a word wherever it stands in any record of the case; gives the records that have it.

    Raises InvalidInput where it stands nowhere, StepRefused as `hold` does.
    """
    account_id = hold(case, actor)
    wanted = _word({"text": word, "ground": ground})
    changed = []
    for record in records_of(case):
        record.case = case
        if not record.is_ready or not held_in(record, wanted["text"]):
            continue
        kept = [row for row in record.marks["words"] if row["text"] != wanted["text"]]
        _keep(record, {**record.marks, "words": [*kept, wanted]}, account_id)
        _tell(case, record, actor, at)
        changed.append(record)
    if not changed:
        raise InvalidInput("所有信息的文字层中都没有找到这个词；图片中的请用框遮盖", "word")
    return changed


@transaction.atomic
def mark_spots(*, case: Case, spots: Sequence[str], ground: str, actor: Actor, at: datetime) -> list[Record]:
    """Withhold places as `Spot.value` names them; gives the records that have one.

    Raises InvalidInput where none was chosen or one is no place, StepRefused as `hold` does.
    """
    account_id = hold(case, actor)
    if not spots:
        raise InvalidInput("请选择要遮盖的地方", "spot")
    wanted: dict[str, list[dict[str, Any]]] = {}
    for spot in spots[:MOST_BOXES]:
        own, _, rest = spot.partition("|")
        page, _, sides = rest.partition("|")
        wanted.setdefault(own, []).append({"page": page, "box": sides.split(","), "ground": ground})
    changed = []
    for record in records_of(case):
        rows = wanted.get(str(record.public_id))
        if not rows or not record.is_ready:
            continue
        record.case = case
        boxes = [*record.marks["boxes"], *rows]
        _keep(record, checked({**record.marks, "boxes": boxes}, record.pages), account_id)
        _tell(case, record, actor, at)
        changed.append(record)
    return changed


def _keep(held: Marked, marks: dict[str, Any], account_id: int) -> None:
    held.marks, held.marked_by_id = marks, account_id
    held.marks_version += 1
    if held.pk is None:
        held.save()
    else:
        held.save(update_fields=["marks", "marks_version", "marked_by"])


def _tell(case: Case, record: Record, actor: Actor, at: datetime, kind: str = "mark_record") -> None:
    """One event for a stretch of one person's saving, so that the log says who drew and is not a list of strokes."""
    last = case.events.order_by("-seq").first()
    own = str(record.public_id)
    if (
        last is not None
        and last.kind == kind
        and last.actor_id == actor.account_id
        and last.facts.get("record") == own
    ):
        return
    note(case, kind, actor=actor, at=at, record=own)


def checked(
    marks: Mapping[str, Any], pages: int, grounds: Sequence[str] = tuple(Ground.values)
) -> dict[str, list[Any]]:
    """What may be kept of what was sent. Raises InvalidInput with the place that is wrong."""
    rows = {name: marks.get(name) or [] for name in ("boxes", "words", "pages")}
    if not all(isinstance(row, list) for row in rows.values()):
        raise InvalidInput("遮盖的内容格式不对")
    if len(rows["boxes"]) > MOST_BOXES or len(rows["words"]) > MOST_WORDS or len(rows["pages"]) > pages:
        raise InvalidInput("遮盖的地方过多，请改为整页不予公开")
    try:
        return {
            "boxes": [_box(row, pages, grounds) for row in rows["boxes"]],
            "words": [_word(row) for row in rows["words"]],
            "pages": [_page(row, pages, grounds) for row in rows["pages"]],
        }
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise InvalidInput("遮盖的内容格式不对") from error


def _box(row: Mapping[str, Any], pages: int, grounds: Sequence[str]) -> dict[str, Any]:
    place = [round(float(value), 2) for value in row["box"]]
    if len(place) != 4 or not all(math.isfinite(value) and abs(value) < FAR for value in place):
        raise InvalidInput("遮盖的框不在页面上")
    left, bottom, right, top = (
        min(place[0], place[2]),
        min(place[1], place[3]),
        max(place[0], place[2]),
        max(place[1], place[3]),
    )
    if right - left < 1 or top - bottom < 1:
        raise InvalidInput("遮盖的框太小，请重新画")
    return {
        "id": str(row.get("id", ""))[:24],
        "page": _number(row["page"], pages),
        "box": [left, bottom, right, top],
        "ground": _ground(row["ground"], grounds),
    }


def _word(row: Mapping[str, Any]) -> dict[str, str]:
    text = str(row["text"]).strip()
    if not 2 <= len(text) <= MOST_SIGNS:
        raise InvalidInput(f"词应为2至{MOST_SIGNS}个字", "word")
    return {"text": text, "ground": _ground(row["ground"], Ground.values)}


def _page(row: Mapping[str, Any], pages: int, grounds: Sequence[str]) -> dict[str, Any]:
    return {"page": _number(row["page"], pages), "ground": _ground(row["ground"], grounds)}


def _number(value: Any, pages: int) -> int:
    number = int(value)
    if not 1 <= number <= pages:
        raise InvalidInput(f"文件共{pages}页，没有第{number}页")
    return number


def _ground(value: Any, grounds: Sequence[str]) -> str:
    if value not in grounds:
        raise InvalidInput("请选择不予公开的理由", "ground")
    return str(value)
