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


ADVERTISING = re.compile(
    r"限时(?:优惠|抢购|特价)|扫码(?:领取|领红包|立减)|加(?:微信|QQ)(?:咨询|领取|办理|购买)|(?:点击|立即)(?:购买|下单|抢购)"
    r"|全场[一二三四五六七八九1-9](?:折|点)|招商加盟|诚招代理|买[一二三1-3]送[一二三1-3]|包过|代办证件|低价转让"
)


def advertising_in(text: str) -> list[str]:
    """Words that only an advertisement uses (制度第五条第三项), each once."""
    return list(dict.fromkeys(match.group() for match in ADVERTISING.finditer(text)))


@dataclass(frozen=True)
class Period:
    """A period for which enforcement results are due: its first and its last day."""

    begins_on: date
    ends_on: date

    @property
    def title(self) -> str:
        """2026年3月, or 2026年3—4月."""
        first, last = self.begins_on, self.ends_on
        months = f"{first.month}" if first.month == last.month else f"{first.month}—{last.month}"
        return f"{first.year}年{months}月"


def periods_of(year: int, months: int) -> list[Period]:
    """The periods of a year, each of one or two calendar months."""
    found = []
    for month in range(1, 13, months):
        after = date(year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
        found.append(Period(date(year, month, 1), after - timedelta(days=1)))
    return found
