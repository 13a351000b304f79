"""manage.py rebuild_index: this machine's search index made anew from the database, also after a restore."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from portal.search.following import rebuild


class Command(BaseCommand):
    """The index before stays in use until the new one is whole."""

    help = "Make this machine's search index anew; the portal goes on answering meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how far it is, every thousand entries."""
        began = time.monotonic()

        def told(done: int, total: int) -> None:
            self.stdout.write(f"{done} of {total} entries")

        count = rebuild(told, wait=True)
        self.stdout.write(f"The index holds {count} entries, made in {time.monotonic() - began:.1f} s.")
