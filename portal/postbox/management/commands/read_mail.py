"""manage.py read_mail: read the mailbox once, now."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal.postbox.reading import NoPostbox, read_all


class Command(BaseCommand):
    help = "Read the mailbox over IMAP once; every mail is taken in exactly once."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new, known = read_all()
        except NoPostbox as error:
            self.stderr.write(str(error))
            sys.exit(1)
        self.stdout.write(f"新收 {new} 封，此前已收 {known} 封")
