"""Remedies: which matter may be contested in which way, to whom, within what time, and by which last day."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from portal.core.limits import limit
from portal.core.wording import cn_number, listed
from portal.core.workdays import WorkdayCalendar
from requests_app.choices import ReplyKind

RECONSIDERATION, LAWSUIT = "申请行政复议", "提起行政诉讼"
UNANSWERED = "逾期不答复"


@dataclass(frozen=True)
class Venue:
    """Where a unit's decisions are contested: the reconsideration bodies (usually one) and the court.

    `channel` is the body's internet channel, "" where the paper does not go out through the internet.
    """

    review_bodies: tuple[str, ...]
    court: str
    channel: str = ""

    @property
    def reviewed_by(self) -> str:
        """The bodies as a sentence names them: the applicant chooses."""
        return "或者".join(self.review_bodies)


@dataclass(frozen=True)
class Contest:
    """What of a paper is contested in one way; `matter` is "" for the whole paper."""

    matter: str
    review_first: bool


class LastDay(NamedTuple):
    """The last day of one way; provisional where the year's days off have not been announced."""

    way: str
    day: date
    provisional: bool
    matter: str = ""


class Filed(Protocol):
    """What tells one remedy from another."""

    kind: str
    body: str
    number: str
    filed_on: date


def same_remedy(one: Filed, other: Filed) -> bool:
    """True if both are one and the same: of one kind before one body, with one number, else filed on one day."""
    if (one.kind, _plain(one.body)) != (other.kind, _plain(other.body)):
        return False
    numbers = _plain(one.number), _plain(other.number)
    return numbers[0] == numbers[1] if all(numbers) else one.filed_on == other.filed_on


def _plain(text: str) -> str:
    """Without blanks, brackets all of one sort."""
    signs = str.maketrans("〔［【〕］】", "((()))")
    return "".join(
        unicodedata.normalize("NFKC", text).translate(signs).replace("[", "(").replace("]", ")").split()
    )


def contests(kinds: Sequence[str], first: frozenset[str]) -> list[Contest]:
    """How each matter of a reply is contested, those that go to reconsideration first before the others.

    `kinds` are the matters' kinds in order, `first` the kinds of the table ReviewFirst. Of a partial disclosure only the
    part withheld goes to reconsideration first (法释〔2025〕8号第一条第二项); whoever finds that what was given is
    not what was asked for may sue at once (第三项).
    """
    before: list[str] = []
    at_once: list[str] = []
    for number, kind in enumerate(kinds, 1):
        name = f"第{cn_number(number)}项" if len(kinds) > 1 else ""
        if kind == ReplyKind.PARTIAL and kind in first:
            before.append(f"{name}中不予公开的部分" if name else "不予公开的部分")
            at_once.append(f"{name}中予以公开的部分" if name else "予以公开的部分")
        else:
            (before if kind in first else at_once).append(name)
    whole = not (before and at_once)
    ways = ((before, True), (at_once, False))
    return [Contest("" if whole else listed(names), way) for names, way in ways if names]


def remedy(venue: Venue, against: Iterable[Contest], *, on: date) -> str:
    """The remedy paragraphs by the law of the day `on`, one a line: matter, way, body, period.

    Reconsideration within 60 days of knowing (行政复议法第二十条). Where it comes first (第二十三条第一款第四项), a lawsuit
    within 15 days of its decision or of the day by which it was due (行政诉讼法第四十五条); else a lawsuit within 6 months
    (第四十六条). All are calendar periods. A paper that goes out through the internet names the internet channel
    (行政复议法第二十二条第二款).
    """
    lines = [_paragraph(venue, contest, on) for contest in against]
    if venue.channel:
        lines.append(
            f"本文书通过互联网送达，申请行政复议的，也可以通过{venue.channel}在线提交行政复议申请书。"
        )
    return "\n".join(lines)


def _paragraph(venue: Venue, contest: Contest, on: date) -> str:
    days = limit("remedy.reconsideration", on=on).text
    if contest.review_first:
        after = limit("remedy.lawsuit_after_review", on=on).text
        what = f"对{contest.matter}不服的" if contest.matter else "如不服本决定"
        return (
            f"{what}，根据《中华人民共和国行政复议法》第二十三条第一款第四项规定，应当先向{venue.reviewed_by}"
            f"申请行政复议，期限为自知道本决定之日起{days}内；对行政复议决定不服，或者行政复议机关逾期不作决定的，"
            f"可以自收到行政复议决定书之日或者行政复议期限届满之日起{after}内向{venue.court}提起行政诉讼。"
        )
    months = limit("remedy.lawsuit", on=on).text
    what = f"对{contest.matter}不服的" if contest.matter else "如不服本答复"
    return (
        f"{what}，可以自知道本答复之日起{days}内向{venue.reviewed_by}申请行政复议，或者自知道本答复之日起{months}内"
        f"向{venue.court}提起行政诉讼。"
    )


def last_days(delivered_on: date, against: Iterable[Contest], calendar: WorkdayCalendar) -> list[LastDay]:
    """The last day of each way, counted from delivery; one that is not worked moves to the next working day."""
    found = []
    for contest in against:
        found.append(last_day(RECONSIDERATION, _review_day(delivered_on), calendar, contest.matter))
        if not contest.review_first:
            months = limit("remedy.lawsuit", on=delivered_on).days
            found.append(last_day(LAWSUIT, months_later(delivered_on, months), calendar, contest.matter))
    return found


def last_day(way: str, day: date, calendar: WorkdayCalendar, matter: str = "") -> LastDay:
    """A period's last day, or the next working day after it; provisional if a notice may still move it."""
    moved = calendar.next_workday(day)
    return LastDay(way, moved, calendar.is_provisional(moved), matter)


def unanswered_last_day(due_on: date, calendar: WorkdayCalendar) -> LastDay:
    """The last day for reconsideration of a request that was not answered by `due_on`: 60 days from the end of the period.

    Not answering is failing to do one's duty: reconsideration comes first (行政复议法第十一条、第二十条、第二十三条第一款第三项).
    """
    return last_day(RECONSIDERATION, _review_day(due_on), calendar, UNANSWERED)


def _review_day(begins: date) -> date:
    return begins + timedelta(days=limit("remedy.reconsideration", on=begins).days)


def months_later(day: date, months: int) -> date:
    """The same day so many calendar months later (earlier if negative), or the month's last day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
