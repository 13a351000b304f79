"""manage.py load_organisation: the real units of Yuxi, added where missing."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.units.actions import load_organisation


class Command(BaseCommand):
    help = "Add the units of Yuxi that are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"新增机构 {load_organisation()} 个")
