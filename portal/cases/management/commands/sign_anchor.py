"""manage.py sign_anchor: sign the heads of the log now, where the worker has no key; or print the keys that verify."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.cases import ledger
from portal.privacy.anchor_keys import AnchorKeyMissing, public_keys


class Command(BaseCommand):
    help = "Sign an anchor over the log, on a machine that has PORTAL_ANCHOR_KEY and reaches the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keys", action="store_true", help="only print the public keys (pub:HEX)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keys"]:
            for key in public_keys():
                self.stdout.write(f"pub:{key}")
            return
        try:
            anchor = ledger.add_anchor(at=timezone.now())
        except AnchorKeyMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write("没有新的事件" if anchor is None else f"已签名：{anchor}")
