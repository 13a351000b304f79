"""manage.py search QUERY: the answers on the terminal, and why they stand where they stand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.search.explaining import explained
from portal.search.queries import search


class Command(BaseCommand):
    """For those who look after the table of words."""

    help = (
        "Search as the page does; --explain tells how the query is read and what each answer is scored for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What is searched."""
        parser.add_argument("query")
        parser.add_argument("--explain", action="store_true")
        parser.add_argument("--most", type=int, default=10)

    def handle(self, *args: Any, **options: Any) -> None:
        """The best answers."""
        if options["explain"]:
            lines = explained(options["query"], options["most"])
            if lines is None:
                raise CommandError("The index is being made; try again in a moment.")
            self.stdout.write("\n".join(lines))
            return
        results = search(options["query"])
        if results.meant:
            self.stdout.write(f"searched: {results.meant}")
        for place, hit in enumerate(results.hits[: options["most"]], 1):
            self.stdout.write(f"{place}. {hit.entry.title}  {hit.entry.published_on}  {hit.entry.url}")
        self.stdout.write(f"{results.total} found")
