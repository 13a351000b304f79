"""manage.py render_sample KIND OUT.pdf: a sample of one kind of document; --list names the kinds."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.documents.kinds import KINDS
from portal.documents.render.worker import render_pdf
from portal.documents.samples import sample_page


class Command(BaseCommand):
    help = "Render a sample of a document kind."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?")
        parser.add_argument("out", nargs="?", type=Path)
        parser.add_argument("--list", action="store_true", help="name the kinds, one a line")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for code in sorted(KINDS):
                self.stdout.write(code)
            return
        kind = KINDS.get(options["kind"] or "")
        if kind is None or options["out"] is None:
            self.stderr.write(f"usage: render_sample KIND OUT.pdf; kinds: {', '.join(sorted(KINDS))}")
            sys.exit(2)
        options["out"].write_bytes(render_pdf(sample_page(kind)))
        self.stdout.write(str(options["out"]))
