"""manage.py deadline START --workdays N: the due date and the days skipped on the way."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.wording import cn_weekday
from portal.holidays.calendars import calendar_or_shipped
from portal.holidays.explain import explanation


def parse_day(text: str) -> date:
    """A date from YYYY-MM-DD. Raises CommandError with a sentence (exit 2)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"日期“{text}”无法识别，请写成 2026-02-10 这样的形式。", returncode=2) from None


class Command(BaseCommand):
    help = "Show the date N working days after START, and which days were skipped and why."

    def add_arguments(self, parser: CommandParser) -> None:
        """START, --workdays and --json."""
        parser.add_argument(
            "start", metavar="START", help="the day of receipt, YYYY-MM-DD; not counted itself"
        )
        parser.add_argument(
            "--workdays", metavar="N", type=int, required=True, help="working days, 1 or more"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer."""
        start = parse_day(options["start"])
        try:
            answer = explanation(calendar_or_shipped(), start, options["workdays"])
        except ValueError as error:
            raise CommandError(f"{error}。", returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines(answer)))


def lines(answer: dict[str, Any]) -> list[str]:
    """The answer in sentences."""
    text = [
        f"收到日：{_day(answer['start'])}，当日不计算在内",
        f"期限：{answer['workdays']} 个工作日",
        f"届满日：{_day(answer['due'])}",
    ]
    if answer["skipped"]:
        text.append("未计算的日期：")
        text += [_run(run) for run in answer["skipped"]]
    if answer["counted_makeup"]:
        text.append("计算在内的调休上班日：")
        text += [_run(run) for run in answer["counted_makeup"]]
    if answer["provisional"]:
        text.append(
            f"暂定：{answer['due'][:4]} 年的放假安排尚未录入（已录入至 {answer['announced_through']}），"
            "届满日可能随通知调整。"
        )
    return text


def _day(text: str) -> str:
    return f"{text}（{cn_weekday(date.fromisoformat(text))}）"


def _run(run: dict[str, Any]) -> str:
    if run["first"] == run["last"]:
        return f"  {_day(run['first'])}  {run['reason']}"
    return f"  {run['first']} 至 {run['last']}  {run['reason']}"
