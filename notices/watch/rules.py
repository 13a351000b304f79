"""The rules of the watch as pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from notices.watch.choices import Health, LinkState
from portal.core.wording import cn_date

URL = re.compile(r"https?://[^\s<>\"'，。；、（）()《》”“‘’\]\[]+")
DEAD_AFTER = 3
MOST_UNREACHABLE = 5
MOST_STALE = 10
MOST_STALE_ADDED = 5
MOST_EMPTY = 5
MOST_POOR_GUIDES = 5
MOST_MISSING_PARTS = 4
# The key parts of a guide to a service (国办秘函〔2019〕19号, 服务不实用; details 待核).
GUIDE_PARTS = ("basis", "conditions", "materials", "place", "hours", "phone", "steps", "fee")


def links_of(*texts: str) -> list[str]:
    """The web addresses in these texts, each once, without what ends a sentence: Chinese stops, marks and symbols never
    belong to an address."""
    found: dict[str, None] = {}
    for text in texts:
        for match in URL.finditer(text):
            url = _until_mark(match.group()).rstrip(".,;:!?")
            if len(url) <= 500 and host_of(url):
                found[url] = None
    return list(found)


def _until_mark(url: str) -> str:
    for at, sign in enumerate(url):
        if not sign.isascii() and unicodedata.category(sign)[0] in "PSZC":
            return url[:at]
    return url


def host_of(url: str) -> str:
    """The host that an address names; "" for one that cannot be read."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.port is None or parts.port else ""
    except ValueError:
        return ""


def item_links(body: str, summary: str, source_url: str, particulars: Mapping[str, object]) -> list[str]:
    """Every address that the page of an item points to or tells: in its words, its source, its structured parts."""
    return links_of(body, summary, source_url, *_texts(particulars))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


@dataclass(frozen=True)
class LinkMark:
    """What is kept of a link after a look."""

    state: str
    failed_days: int
    last_failed_on: date | None


def marked(good: bool, refused: bool, failed_days: int, last_failed_on: date | None, today: date) -> LinkMark:
    """A link after a look: three failures on three days make it dead, one success makes it good."""
    if refused:
        return LinkMark(LinkState.REFUSED, 0, None)
    if good:
        return LinkMark(LinkState.GOOD, 0, None)
    days = failed_days if last_failed_on == today else failed_days + 1
    state = LinkState.DEAD if days >= DEAD_AFTER else LinkState.DOUBTFUL
    return LinkMark(state, days, today)


@dataclass(frozen=True)
class Check:
    """One line of the inspection sheet: how it stands, in words, and the day it turns red if nothing is done."""

    code: str
    title: str
    health: str
    words: str
    source: str
    red_on: date | None = None
    veto: bool = False
    by_hand: bool = False


SHEET = "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》，细目待核"


def renewed(
    code: str, title: str, last_on: date | None, days: int, warn_days: int, today: date, *, veto: bool = False
) -> Check:
    """Something that must be renewed within so many calendar days."""
    if last_on is None:
        return Check(code, title, Health.RED, "从未更新", SHEET, veto=veto)
    red_on = last_on + timedelta(days=days + 1)
    health = Health.GOOD
    if today >= red_on:
        health = Health.RED
    elif today >= red_on - timedelta(days=warn_days):
        health = Health.SOON
    return Check(
        code, title, health, f"最近更新：{cn_date(last_on)}，每{days}日内应更新", SHEET, red_on, veto
    )


def counted(
    code: str,
    title: str,
    count: int,
    most: int,
    unit: str,
    *,
    falling: Sequence[date] = (),
    today: date | None = None,
    veto: bool = False,
) -> Check:
    """A count that must stay below `most`; `falling` are the days on which further ones are added if nothing is done.

    The sheet turns red on the day on which the count reaches `most`.
    """
    if count >= most:
        return Check(code, title, Health.RED, f"{count}{unit}，达到{most}{unit}为不合格", SHEET, veto=veto)
    ahead = sorted(falling)
    red_on = ahead[most - count - 1] if len(ahead) >= most - count else None
    near = red_on is not None and today is not None and red_on <= today + timedelta(days=14)
    words = f"{count}{unit}，达到{most}{unit}为不合格"
    return Check(code, title, Health.SOON if near else Health.GOOD, words, SHEET, red_on, veto)


def served(missing: Sequence[int]) -> Check:
    """Whether the services are of use: `missing` says of each public guide how many of its key parts it lacks.

    Red without any guide, with five poor ones, or if there are fewer than five and all of them are poor.
    """
    poor = sum(count >= MOST_MISSING_PARTS for count in missing)
    few = len(missing) < MOST_POOR_GUIDES and poor == len(missing)
    words = f"公开的办事指南{len(missing)}项，其中要素缺{MOST_MISSING_PARTS}类以上的{poor}项"
    health = Health.RED if not missing or few or poor >= MOST_POOR_GUIDES else Health.GOOD
    return Check("service", "服务不实用", health, words if missing else "没有提供办事服务", SHEET, veto=True)


def judged(found: bool | None, words: str, alarms: int, until: date | None, today: date) -> Check:
    """Grave incidents, as a person judged last (`found` None: nobody has); good until a day, then to be judged anew.

    An alarm about altered pages that nobody has dealt with is told beside it.
    """
    told = f"{words}；另有{alarms}个篡改告警未处理" if alarms else words
    health = Health.UNKNOWN if found is None else Health.RED if found else Health.GOOD
    if health == Health.GOOD and until is not None and today > until:
        health, told = Health.UNKNOWN, f"{told}；已超过评判有效期，请重新评判"
    elif health == Health.GOOD and alarms:
        health = Health.SOON
    return Check("severe", "安全、泄密事故等严重问题", health, told, SHEET, veto=True, by_hand=True)


def shared(code: str, title: str, bad: int, all_: int, most_percent: int, *, veto: bool = False) -> Check:
    """A share in per cent that must stay below a limit; no data is said to be none."""
    if not all_:
        return Check(code, title, Health.UNKNOWN, "还没有探测数据", SHEET, veto=veto)
    percent = bad * 100 / all_
    health = Health.RED if percent >= most_percent else Health.GOOD
    return Check(
        code,
        title,
        health,
        f"{all_}次中{bad}次失败（{percent:.1f}%），{most_percent}%为不合格",
        SHEET,
        veto=veto,
    )
