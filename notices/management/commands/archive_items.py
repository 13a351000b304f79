"""manage.py archive_items UNIT YEAR FILE: what a unit published in a year as one package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from notices import archive
from portal.units.queries import find_unit


class Command(BaseCommand):
    help = "Write the archive package of a unit and a year (register, reviews, versions, files, digests)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("unit", help="code of the unit, as city-office")
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        unit = find_unit(options["unit"])
        if unit is None:
            raise CommandError(f"no such unit: {options['unit']}")
        with options["file"].open("xb") as target:
            count = archive.write(target, unit, options["year"], timezone.now())
        self.stdout.write(f"{count} items in {options['file']}")
