"""manage.py annual_report --year Y [--unit CODE] [--out DIR]: the annual report as text, and as PDF and XLSX."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.core.errors import NotFound
from requests_app.annual import plain, scope
from requests_app.annual.report import report


class Command(BaseCommand):
    help = "Print a year's annual report (国办公开办函〔2021〕30号) and check its identities; exit 1 if one is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        """--year, --unit and --out."""
        parser.add_argument("--year", default="", metavar="Y", help="the year reported on")
        parser.add_argument(
            "--unit", default="", metavar="CODE", help="a unit's code; the whole city without it"
        )
        parser.add_argument("--out", type=Path, metavar="DIR", help="write the PDF and the XLSX there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, check, write."""
        today = timezone.localdate()
        try:
            if not options["year"]:
                raise NotFound("请用 --year 写明年度，例如 --year 2025。")
            year = scope.year_of(str(options["year"]), today)
            unit = scope.find_unit(options["unit"]) if options["unit"] else None
        except NotFound as error:
            self.stderr.write(error.sentence)
            sys.exit(2)
        found = report(year, unit)
        self.stdout.write("\n".join(plain.lines(found.name, found.figures, found.entered, found.fees)))
        self.stdout.write("")
        for sentence in found.broken:
            self.stdout.write(f"恒等式不成立：{sentence}")
        if not found.broken:
            self.stdout.write("恒等式核对：通过")
        if options["out"] is not None:
            folder: Path = options["out"]
            folder.mkdir(parents=True, exist_ok=True)
            for ending, data in (("pdf", found.pdf(today)), ("xlsx", found.xlsx())):
                path = folder / f"{found.filename}.{ending}"
                path.write_bytes(data)
                self.stdout.write(f"已写入 {path}")
        if found.broken:
            sys.exit(1)
