"""manage.py load_catalogue: the columns that the rules prescribe, for every unit; running it twice adds nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from notices.actions import load_catalogue


class Command(BaseCommand):
    help = "Give every unit the columns of the city's own lists."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"新增栏目 {load_catalogue()} 个")
