"""The rules of public comment as pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from rapidfuzz import fuzz

from consultations.choices import NEEDS_REASON, NEEDS_TARGET, Outcome
from portal.core.clock import ClockFact, FactKind
from portal.core.limits import limit
from portal.core.workdays import WorkdayCalendar

LEAST_TEXT, MOST_TEXT = 4, 3000
NEAR = 90.0
SHORT_TEXT = 12
FILLING = re.compile("的|了|吧|呢|啊|呀|嘛|也|我们|我|请|您好|你好|谢谢|希望|建议|认为|觉得")


@dataclass(frozen=True)
class Period:
    """The shortest period for comments: so many `day`s or `workday`s, from which source, and whether a reason may shorten it."""

    days: int
    unit: str
    source: str
    may_be_shorter: bool

    @property
    def text(self) -> str:
        """In words, e.g. "30日"."""
        return f"{self.days}{'个工作日' if self.unit == 'workday' else '日'}"

    def clock_from(self, first: date, *, reason: str, basis: str) -> ClockFact:
        """The start of a clock over the period, whose first day is not counted; working days move with the calendar."""
        if self.unit == "workday":
            return ClockFact(FactKind.START, first, self.days, reason=reason, basis=basis)
        until = first + timedelta(days=self.days)
        return ClockFact(FactKind.START, first, until=until, reason=reason, basis=basis)

    def last_day(self, opens_on: date, calendar: WorkdayCalendar) -> date:
        """The earliest last day of a period that opens that day; the opening day is not counted."""
        if self.unit == "workday":
            return calendar.add(opens_on, self.days)
        return opens_on + timedelta(days=self.days)


def period_problem(
    opens_on: date, closes_on: date, period: Period, reason: str, calendar: WorkdayCalendar
) -> tuple[str, str]:
    """(field, sentence) if the period may not be so, else ("", ""). Both days belong to the period."""
    if closes_on <= opens_on:
        return "closes_on", "截止日须晚于开始日"
    problem = longest_problem(opens_on, closes_on)
    if problem:
        return "closes_on", problem
    earliest = period.last_day(opens_on, calendar)
    if closes_on >= earliest:
        return "", ""
    said = f"征集期不少于{period.text}（{period.source}），最早可以在{earliest:%Y-%m-%d}截止"
    if not period.may_be_shorter:
        return "closes_on", said
    if not reason.strip():
        return "shorter_reason", f"{said}；确需缩短的，请写明理由，理由将在征集页面公布"
    return "", ""


def longest_problem(opens_on: date, closes_on: date) -> str:
    """ "" if the period is no longer than the limit, else a sentence."""
    most = limit("consultation.longest", on=opens_on)
    return f"征集期最长{most.text}，请核对截止日" if (closes_on - opens_on).days > most.days else ""


def is_shorter(opens_on: date, closes_on: date, period: Period, calendar: WorkdayCalendar) -> bool:
    """True if the period is shorter than the rule."""
    return closes_on < period.last_day(opens_on, calendar)


def text_problem(text: str) -> str:
    """ "" if the words can be a comment, else a sentence."""
    bare = re.sub(r"\s", "", text)
    if not bare:
        return "请填写意见内容"
    if len(bare) < LEAST_TEXT:
        return f"意见内容过短，请至少写{LEAST_TEXT}个字"
    if len(text) > MOST_TEXT:
        return f"意见内容不能超过{MOST_TEXT}字，更长的意见请以附件邮寄或者发送电子邮件"
    return ""


def holds_word(text: str, words: str) -> bool:
    """True if one of these words, a line each, stands in the text, whatever was put between its signs."""
    plain = bare(text)
    return any(word in plain for word in map(bare, words.splitlines()) if word)


def has_link(text: str) -> bool:
    """True if the words hold a web address; advertisements do."""
    return re.search(r"https?://|www\.[a-z0-9]", text, re.IGNORECASE) is not None


def disposition_problem(outcome: str, reason: str, has_target: bool) -> tuple[str, str]:
    """(field, sentence) if a comment may not be so disposed of, else ("", "")."""
    if outcome not in Outcome.values:
        return "outcome", "请选择采纳情况"
    if outcome in NEEDS_REASON and not reason.strip():
        return "reason", "未采纳、部分采纳的，须说明理由"
    if outcome == Outcome.EXISTING and not reason.strip():
        return "reason", "请写明已有规定的名称和条款"
    if outcome in NEEDS_TARGET and not has_target:
        return "target", "采纳、部分采纳的，须指明修改到哪一版本的哪一条款"
    return "", ""


def bare(text: str) -> str:
    """Words as they are compared: folded, without blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(ch for ch in folded if ch.isalnum())


def text_digest(text: str) -> str:
    """The digest under which the same words are the same."""
    return sha256(bare(text).encode()).hexdigest()


def group_digest(text: str, clause: int | None, attitude: str) -> str:
    """The digest of a group of like comments: the same words on another clause, or for and against, are another opinion."""
    return sha256(f"{clause or 0}|{attitude}|{bare(text)}".encode()).hexdigest()


def alike(one: str, other: str) -> bool:
    """True if two texts (already bare) differ in nothing that means anything: in particles and forms of politeness only.

    One sign turns an opinion round (同意, 不同意; 提高, 降低; 3, 5), so likeness in per cent alone says nothing.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < SHORT_TEXT or not fuzz.ratio(one, other, score_cutoff=NEAR):
        return False
    return _without_filling(one) == _without_filling(other)


def _without_filling(text: str) -> str:
    return FILLING.sub("", text)


def nearest(text: str, others: Sequence[tuple[int, str]]) -> int | None:
    """The id of the first text (bare) that is nearly this one; None if there is none."""
    return next((key for key, other in others if alike(text, other)), None)


def same_text(one: str, other: str) -> bool:
    """True if two whole texts can be versions of one: a tenth of the lines of the shorter one are nearly in the other."""
    firsts, seconds = _lines(one), _lines(other)
    few, many = sorted((firsts, seconds), key=len)
    found = sum(any(fuzz.ratio(line, row, score_cutoff=60) > 0 for row in many) for line in few)
    return found * 10 >= len(few)


def _lines(text: str) -> list[str]:
    return [line for line in (bare(row) for row in text.splitlines()) if len(line) >= 6][:200]


def list_digest(digests: Iterable[str]) -> str:
    """One digest over many, in order: what the record of the closing keeps."""
    return sha256("\n".join(digests).encode()).hexdigest()
