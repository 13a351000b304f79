"""manage.py write_docs: docs/limits.md, docs/architecture.md and docs/lifecycles/ from the code; --check only compares."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.site.generated_docs import pages, write


class Command(BaseCommand):
    help = "Write the generated documents."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="exit 1 if a document is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs"
        if options["check"]:
            old = [
                name
                for name, content in pages().items()
                if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != content
            ]
            if old:
                self.stderr.write(f"out of date: {', '.join(old)}; run manage.py write_docs")
                sys.exit(1)
            return
        for name in write(folder):
            self.stdout.write(name)
