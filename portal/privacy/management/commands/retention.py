"""manage.py retention: what has run out by rule; --apply erases it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.privacy import retention


class Command(BaseCommand):
    help = "List what is kept longer than its rule allows; --apply erases it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="erase it now")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = retention.apply(at=now) if options["apply"] else retention.due(now)
        for code, count in found.items():
            rule = retention.RULES[code]
            self.stdout.write(f"{count}\t{code}\t{rule.title}（{rule.keep}）")
        self.stdout.write(f"{'Erased' if options['apply'] else 'Overdue'}: {sum(found.values())}.")
