"""manage.py end_sessions: sign an account, or everybody, out everywhere at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.units.models import Account
from portal.web import signins


class Command(BaseCommand):
    help = "End the sessions of one account, or all of them: after a leak, a lost machine, a stolen password."

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--account", metavar="EMAIL")
        whose.add_argument("--all", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["all"]:
            self.stdout.write(f"Ended: {signins.end_everybody(now)}.")
            return
        account = Account.objects.filter(email__iexact=options["account"]).first()
        if account is None:
            raise CommandError("There is no such account.")
        self.stdout.write(f"Ended: {signins.end(signins.current(account, now), now)}.")
