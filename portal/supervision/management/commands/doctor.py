"""manage.py doctor: what is wrong, in sentences; exit 0 if nothing is, 1 if something is, 2 without a database."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.supervision.doctor import NoDatabase, look
from portal.supervision.machine import Reading


class Command(BaseCommand):
    help = "Say what is wrong with this portal and what to do: exit 0 nothing, 1 something, 2 no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")
        parser.add_argument("--all", action="store_true", help="also say what is as it should be")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = look(timezone.now())
        except NoDatabase as error:
            self._say(options, [Reading("数据库", "没有应答", False, str(error))])
            sys.exit(2)
        wrong = [row for row in found if not row.good]
        self._say(options, found if options["all"] or options["json"] else wrong)
        if wrong:
            sys.exit(1)
        if not options["json"]:
            self.stdout.write(f"{len(found)}项检查，全部正常。")

    def _say(self, options: dict[str, Any], rows: list[Reading]) -> None:
        if options["json"]:
            said = {"ok": all(row.good for row in rows), "found": [asdict(row) for row in rows]}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{'正常' if row.good else '需要处理'}  {row.sentence}")
