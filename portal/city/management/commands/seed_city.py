"""manage.py seed_city --cases N --years Y: a believable history through the real actions, to look at boards and charts."""

import sys
import time
from datetime import datetime
from datetime import time as clock
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.city.stage import was_told
from portal.city.telling import tell
from portal.core.moments import CITY_ZONE
from portal.holidays.calendars import calendar
from portal.units.actions import load_organisation

MOST_YEARS = 6


class Command(BaseCommand):
    help = "Tell years of cases through the real actions; refuses in production and where there are cases already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=10000)
        parser.add_argument("--years", type=int, default=3)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=datetime.fromisoformat, help="YYYY-MM-DD, now without it")
        parser.add_argument("--again", action="store_true", help="also where there are cases already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_DEMO:
            self._refuse("生产环境不生成演示数据（PORTAL_DEMO 未启用）")
        if options["cases"] < 1 or not 1 <= options["years"] <= MOST_YEARS:
            self._refuse(f"件数至少为1，年数为1至{MOST_YEARS}")
        load_organisation()
        if was_told() and not options["again"]:
            self._refuse("已经生成过（需要再次生成时加 --again）")
        until = timezone.now()
        if options["until"] is not None:
            until = datetime.combine(options["until"].date(), clock(18), CITY_ZONE)
        begun = time.monotonic()
        told = tell(
            count=options["cases"],
            years=options["years"],
            seed=options["seed"],
            until=until,
            days=calendar(),
            say=self.stdout.write,
        )
        for name, number in sorted(told.states.items()):
            self.stdout.write(f"{number:>7}  {name}")
        self.stdout.write(
            f"{sum(told.kinds.values())}件，{told.steps}步，用时{time.monotonic() - begun:.0f}秒"
        )

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)
