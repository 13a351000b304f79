"""The rules of publishing as pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from notices.choices import Openness, Route

MOST_BODY = 200_000
PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#{1,3})\s+(.+)$")


@dataclass(frozen=True)
class Block:
    """One piece of a text for the page: a heading (level 2..4), a paragraph, or a picture with its alt text."""

    kind: str
    text: str
    level: int = 0
    name: str = ""


def blocks_of(body: str) -> list[Block]:
    """A text as blocks: lines beginning with #, ##, ### are headings, ![alt](name) a picture, all else paragraphs."""
    found: list[Block] = []
    for line in body.splitlines():
        line = line.strip()
        if not line:
            continue
        heading = HEADING.match(line)
        if heading:
            found.append(Block("heading", heading.group(2), level=len(heading.group(1)) + 1))
            continue
        picture = PICTURE.fullmatch(line)
        if picture:
            found.append(Block("picture", picture.group(1), name=picture.group(2)))
            continue
        found.append(Block("paragraph", line))
    return found


def plain_of(body: str) -> str:
    """The words of a text, for the index and the summary."""
    return "\n".join(block.text for block in blocks_of(body))


def item_problem(answers: Mapping[str, object], today: date) -> tuple[str, str]:
    """(field, sentence) if the particulars of an item do not fit together, else ("", "")."""
    made_on = answers.get("made_on")
    if isinstance(made_on, date) and made_on > today:
        return "made_on", "成文日期不能晚于今天"
    if answers.get("route") == Route.REPOST and not str(answers.get("source") or "").strip():
        return "source", "转载的信息须注明来源"
    if answers.get("openness") == Openness.CLOSED:
        return "openness", "不予公开的信息不在这里发布，请由分管领导办理“不予发布”"
    if answers.get("openness") == Openness.ON_REQUEST:
        return "openness", "依申请公开的信息不主动发布"
    if len(str(answers.get("body") or "")) > MOST_BODY:
        return "body", f"正文不能超过{MOST_BODY}字，请分篇发布或者以附件发布"
    return "", ""


@dataclass(frozen=True)
class Freshness:
    """How alive a column is: red already, red on a day (`red_on`), or without a date ("" rule)."""

    red_on: date | None
    is_red: bool
    warn: bool
    empty: bool


def freshness(last_on: date | None, days: int | None, warn_days: int, today: date) -> Freshness:
    """The state of a column whose newest item came out on `last_on` and that must be renewed within so many days."""
    if last_on is None:
        return Freshness(None, False, False, True)
    if days is None:
        return Freshness(None, False, False, False)
    red_on = last_on + timedelta(days=days + 1)
    return Freshness(red_on, today >= red_on, red_on - timedelta(days=warn_days) <= today < red_on, False)


def index_number(unit_code: str, year: int, ordinal: int) -> str:
    """The number under which an item is filed: unit, year, ordinal."""
    return f"{unit_code.upper()}-{year}-{ordinal:05d}"


def joined(parts: Iterable[str]) -> str:
    """甲；乙."""
    return "；".join(part for part in parts if part)
