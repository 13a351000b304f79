"""manage.py load_holidays: enter the shipped notices that the table does not have."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.holidays.actions import load_shipped


class Command(BaseCommand):
    help = "Enter the shipped yearly holiday notices that are missing; never changes an existing one."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"补录放假安排通知 {load_shipped()} 份")
