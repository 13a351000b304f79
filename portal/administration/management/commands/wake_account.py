"""manage.py wake_account EMAIL: open an account that was closed because nobody had used it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.administration.sleeping import closed_accounts, open_again


class Command(BaseCommand):
    help = "Open a closed account of staff again; for when no security administrator can."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        account = closed_accounts().filter(email__iexact=options["email"]).first()
        if account is None:
            raise CommandError("没有这个停用的账号。")
        open_again(account, timezone.now())
        self.stdout.write(f"{account} 的账号已恢复。")
