"""manage.py hold_sending: nothing more is sent to anybody; what waits is listed, sent or dropped by release_held."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.backup import held


class Command(BaseCommand):
    help = (
        "Stop all mail and texts at once (wrong or mass messages); release_held lets them go or drops them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        word = "Held from now on" if held.hold() else "Was held already"
        self.stdout.write(f"{word}: {held.held_jobs().count()} wait. See them with release_held.")
