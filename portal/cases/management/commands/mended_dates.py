"""manage.py mended_dates [--apply NUMBER --by EMAIL --reason TEXT]: stored dates that a mended rule changes."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.cases.mending import MendedDate, apply_mended, mended_dates
from portal.cases.queries import moved_words
from portal.core.errors import PortalError
from portal.core.wording import cn_date
from portal.holidays.calendars import calendar


class Command(BaseCommand):
    help = "List cases whose stored dates differ from what the rules give now; with --apply mend one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        """--apply, --by and --reason."""
        parser.add_argument("--apply", default="", metavar="NUMBER", help="the case to count anew")
        parser.add_argument(
            "--by", default="", metavar="EMAIL", help="who decides: an approver or supervisor"
        )
        parser.add_argument("--reason", default="", metavar="TEXT", help="why the date is corrected")

    def handle(self, *args: Any, **options: Any) -> None:
        """List and change nothing, or mend one case; exit 2 with a sentence if that is refused."""
        days = calendar()
        if not options["apply"]:
            found = list(mended_dates(days))
            for entry in found:
                self.stdout.write(_line(entry))
            cases = len({entry.case.pk for entry in found})
            self.stdout.write(
                f"共{cases}件、{len(found)}个日期与现行规则不一致。"
                if found
                else "没有与现行规则不一致的日期。"
            )
            return
        try:
            events = apply_mended(
                number=options["apply"],
                by=options["by"],
                reason=options["reason"],
                calendar=days,
                at=timezone.now(),
            )
        except PortalError as error:
            self.stderr.write(error.sentence)
            sys.exit(2)
        for event in events:
            self.stdout.write(moved_words(event.facts))


def _line(entry: MendedDate) -> str:
    state = "在办" if entry.case.closed_on is None else "已办结"
    head = f"{entry.case}  {entry.case.unit.short_name}  {state}  {entry.title}："
    if entry.problem:
        return f"{head}无法计算（{entry.problem}）"
    if entry.before == entry.after:
        return f"{head}{_day(entry.before)}，是否暂定与现行日历不一致"
    return f"{head}登记为{_day(entry.before)}，按现行规则为{_day(entry.after)}"


def _day(day: date | None) -> str:
    return cn_date(day) if day is not None else "无"
