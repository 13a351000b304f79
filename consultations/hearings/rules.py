"""The rules of hearings as pure functions: lead times, and the draw that anybody can do again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date

from consultations.hearings.choices import Subject
from portal.core.limits import limit
from portal.core.workdays import WorkdayCalendar

SEED_BYTES = 32


def days_problem(
    announced_on: date,
    opens_on: date,
    closes_on: date,
    held_on: date,
    notice_days: int,
    sign_up_days: int,
    calendar: WorkdayCalendar,
    subject: str,
) -> tuple[str, str]:
    """(field, sentence) if the days do not fit, else ("", ""); `notice_days` and `sign_up_days` are working days.

    Draft rules are announced 30 days before (规章制定程序条例第十六条), calendar days. For a major decision the papers reach
    those who take part 7 days before (重大行政决策程序暂行条例第十六条), so sign-up ends early enough for it.
    """
    if not announced_on <= opens_on <= closes_on:
        return "sign_up_until", "报名截止日不能早于开始日，开始日不能早于今天"
    if calendar.between(opens_on, closes_on) < sign_up_days:
        return "sign_up_until", f"报名时间不少于{sign_up_days}个工作日"
    if held_on <= closes_on:
        return "held_on", "举行日须在报名截止之后"
    papers = limit("hearing.papers", on=announced_on)
    if subject == Subject.DECISION and (held_on - closes_on).days <= papers.days:
        return (
            "held_on",
            f"重大行政决策的听证会材料须于召开{papers.text}前送达参加人，报名截止后须留出抽选和送达的时间",
        )
    rule = limit("hearing.notice_rules", on=announced_on)
    if subject == Subject.RULES:
        if (held_on - announced_on).days < rule.days:
            return "held_on", f"规章草案的听证会须在举行{rule.text}前公布时间、地点和内容"
    elif calendar.between(announced_on, held_on) < notice_days:
        return "held_on", f"公告须在举行前不少于{notice_days}个工作日"
    return "", ""


def commitment(seed: str) -> str:
    """What is published beforehand: the SHA-256 of the seed."""
    return hashlib.sha256(seed.encode()).hexdigest()


def order_of(seed: str, numbers: Sequence[int]) -> list[int]:
    """The order of the draw: sign-up numbers by HMAC-SHA-256 of the seed over the number, smallest first."""
    return sorted(
        numbers, key=lambda number: hmac.new(seed.encode(), str(number).encode(), "sha256").hexdigest()
    )


def draw(
    seed: str, groups: Mapping[str, tuple[int, Sequence[int]]]
) -> dict[str, tuple[list[int], list[int]]]:
    """Per interest group: (who has a seat, substitutes in order) from (seats, sign-up numbers)."""
    found = {}
    for group, (seats, numbers) in groups.items():
        ordered = order_of(seed, numbers)
        found[group] = (ordered[:seats], ordered[seats:])
    return found
