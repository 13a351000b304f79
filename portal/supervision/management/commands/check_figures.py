"""manage.py check_figures [--months N]: count the figures a second time from the bare log; exit 1 if they differ."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.holidays.calendars import calendar
from portal.supervision.figures.again import differences
from portal.supervision.figures.months import months_between


class Command(BaseCommand):
    help = "Count the last months again, month by unit by kind, and tell every difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--months", type=int, default=36, help="how many, this one included")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        count = today.year * 12 + today.month - options["months"]
        first = today.replace(year=count // 12, month=count % 12 + 1, day=1)
        months = months_between(first, today)
        found = differences(months, calendar(), today)
        for row in found[:50]:
            self.stderr.write(
                f"{row.month:%Y-%m} 单位{row.unit_id} {row.kind} {row.name}：{row.counted} ≠ {row.again}"
            )
        self.stdout.write(f"{len(months)}个月，{len(found)}处不符")
        if found:
            sys.exit(1)
