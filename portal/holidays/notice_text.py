"""The State Council's yearly notice as it is published, read into runs of days off and weekend days that are worked.

Nothing is guessed: where a holiday's days do not add up to the number that the notice names, or a date is none, that is a
problem for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

BESIDE = re.compile(r"[（(][^（()）]*[）)]")
ITEM = re.compile(r"(?:^|\n)\s*[一二三四五六七八九十]{1,2}、\s*([^：:\n]{2,20})[：:]([^\n]+)")
DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日")
UNTIL = re.compile(r"^\s*(?:至|到|-|－|—|–|~|～)+\s*$")
TOTAL = re.compile(r"共(\d{1,2})天|放假(\d{1,2})天")
NUMBER = re.compile(r"国办发(?:明电)?〔\d{4}〕\d{1,3}号")
ISSUED = re.compile(r"(?:^|\n)\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*(?=\n|$)")


@dataclass
class ReadNotice:
    """What was read: (first, last, name) with both ends, (day, name); `problems` in sentences."""

    document: str = ""
    issued_on: date | None = None
    days_off: list[tuple[date, date, str]] = field(default_factory=list)
    work_on: list[tuple[date, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_notice(text: str, year: int) -> ReadNotice:
    """The notice of a year from its text."""
    found = ReadNotice()
    plain = BESIDE.sub("", text.replace("\r", "").replace("\u3000", " "))
    if (number := NUMBER.search(plain)) is not None:
        found.document = number[0]
    for match in ISSUED.finditer(plain):
        found.issued_on = _date(*(int(part) for part in match.groups()))
    for name, words in ITEM.findall(plain):
        _holiday(found, name.strip(), words, year)
    if not found.days_off:
        found.problems.append("没有读出放假日期，请粘贴通知全文，每个假期一段，以“一、元旦：”的形式开头")
    return found


def _holiday(found: ReadNotice, name: str, words: str, year: int) -> None:
    count = 0
    for sentence in re.split(r"[。；;]", words):
        days = _days(sentence, year)
        if None in (day for pair in days for day in pair):
            found.problems.append(f"“{name}”中有不存在的日期：{sentence.strip()}")
        elif "上班" in sentence:
            found.work_on += [(first, name) for first, _ in days if first is not None]
        elif "放假" in sentence:
            for first, last in days:
                if first is not None and last is not None:
                    found.days_off.append((first, last, name))
                    count += (last - first) // timedelta(days=1) + 1
    total = TOTAL.search(words)
    wanted = int(total[1] or total[2]) if total is not None else count
    if count != wanted:
        found.problems.append(f"“{name}”写明放假{wanted}天，读出{count}天，请核对")


def _days(sentence: str, year: int) -> list[tuple[date | None, date | None]]:
    """(first, last) of each run in a sentence; None for a day that the calendar does not have."""
    runs: list[tuple[date | None, date | None]] = []
    month, end = 0, 0
    for match in DAY.finditer(sentence):
        said_year, said_month, day = match.groups()
        month = int(said_month or month)
        given = int(said_year) if said_year else year
        moment = _date(given, month, int(day))
        if runs and UNTIL.match(sentence[end : match.start()]):
            runs[-1] = (_before(runs[-1][0], moment), moment)
        else:
            runs.append((moment, moment))
        end = match.end()
    return runs


def _before(first: date | None, last: date | None) -> date | None:
    """A run that would end before it begins began the year before."""
    if first is not None and last is not None and first > last:
        return first.replace(year=first.year - 1)
    return first


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
