"""manage.py clock: fold a whole case's clock from the command line."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.clock import ClockFact, ClockState, FactKind, fold
from portal.core.limits import LimitNotInForce, limit
from portal.core.wording import cn_weekday
from portal.holidays.calendars import calendar_or_shipped
from portal.holidays.management.commands.deadline import parse_day


class Command(BaseCommand):
    help = "Show the due date of a case with its pauses, extension and correction."

    def add_arguments(self, parser: CommandParser) -> None:
        """The facts of the case."""
        parser.add_argument("--received", metavar="D", required=True, help="day of receipt, YYYY-MM-DD")
        parser.add_argument(
            "--workdays", metavar="N", type=int, help="the period; without it the one in force on that day"
        )
        parser.add_argument(
            "--pause",
            metavar="A:B",
            action="append",
            default=[],
            help="first and last day not counted, both included; B may be left out while it lasts; repeatable",
        )
        parser.add_argument("--extend", metavar="N", type=int, default=0, help="working days added")
        parser.add_argument(
            "--correct", metavar="D", help="the day the correction arrived: counting begins anew"
        )
        parser.add_argument("--as-of", metavar="D", help="measure elapsed and remaining days on this day")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the state of the clock."""
        calendar = calendar_or_shipped()
        facts = case_facts(options)
        as_of = parse_day(options["as_of"]) if options["as_of"] else None
        try:
            state = fold(facts, calendar, as_of=as_of)
        except ValueError as error:
            raise CommandError(f"{error}。", returncode=2) from None
        if options["json"]:
            self.stdout.write(
                json.dumps(as_json(state, calendar.announced_through), ensure_ascii=False, indent=2)
            )
        else:
            self.stdout.write("\n".join(lines(state)))


def case_facts(options: dict[str, Any]) -> list[ClockFact]:
    """The facts in the order they happened. Raises CommandError with a sentence for an impossible one."""
    received = parse_day(options["received"])
    try:
        reply, most = (limit(code, on=received).days for code in ("disclosure.reply", "disclosure.extension"))
    except LimitNotInForce as error:
        raise CommandError(error.sentence, returncode=2) from None
    days, extension = options["workdays"], options["extend"]
    days = reply if days is None else days
    if days < 1:
        raise CommandError("工作日数须为正整数。", returncode=2)
    if not 0 <= extension <= most:
        raise CommandError(f"延长期限不得超过 {most} 个工作日，且不得为负数。", returncode=2)
    facts = [ClockFact(FactKind.START, received, days)]
    restart = received
    if options["correct"]:
        restart = parse_day(options["correct"])
        if restart < received:
            raise CommandError("补正日期早于收到日期。", returncode=2)
        facts.append(ClockFact(FactKind.RESTART, restart, days))
    for number, text in enumerate(options["pause"], 1):
        first, last = _span(text)
        if first < received:
            raise CommandError(f"停止计时的日期“{text}”早于收到日期。", returncode=2)
        facts.append(ClockFact(FactKind.PAUSE, first, key=str(number)))
        if last is not None:
            facts.append(ClockFact(FactKind.RESUME, last, key=str(number)))
    if extension:
        facts.append(ClockFact(FactKind.EXTEND, restart, extension))
    return facts


def _span(text: str) -> tuple[date, date | None]:
    first_text, colon, last_text = text.partition(":")
    first = parse_day(first_text)
    if not colon:
        raise CommandError(f"停止计时“{text}”须写成 开始日:结束日。", returncode=2)
    if not last_text:
        return first, None
    last = parse_day(last_text)
    if last < first:
        raise CommandError(f"停止计时“{text}”的结束日期早于开始日期。", returncode=2)
    return first, last


def as_json(state: ClockState, announced_through: date) -> dict[str, Any]:
    """The state in plain JSON types; dates as YYYY-MM-DD or null."""
    return {
        "started_on": _iso(state.started_on),
        "limit_workdays": state.limit_days,
        "due": _iso(state.due_on),
        "weekday": cn_weekday(state.due_on) if state.due_on else None,
        "provisional": state.provisional,
        "announced_through": announced_through.isoformat(),
        "elapsed": state.elapsed,
        "remaining": state.remaining,
        "paused_since": _iso(state.paused_since),
        "pauses": [{"first": _iso(pause.first), "last": _iso(pause.last)} for pause in state.pauses],
    }


def lines(state: ClockState) -> list[str]:
    """The state in sentences."""
    text = [f"起算：{state.started_on}（当日不计算在内），期限 {state.limit_days} 个工作日"]
    for pause in state.pauses:
        end = f"至 {pause.last}" if pause.last else "起，尚未恢复"
        text.append(f"停止计时：{pause.first} {end}")
    if state.due_on is None:
        text.append("届满日：计时停止中，恢复后方可确定")
    else:
        mark = "（暂定）" if state.provisional else ""
        text.append(f"届满日：{state.due_on}（{cn_weekday(state.due_on)}）{mark}")
    if state.elapsed is not None:
        text.append(f"已用 {state.elapsed} 个工作日，剩余 {state.remaining} 个工作日")
    return text


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
