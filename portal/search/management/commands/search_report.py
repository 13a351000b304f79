"""manage.py search_report: how well a folder of texts is found by questions as people ask them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from portal.search.lexicon import Lexicon, shipped
from portal.search.report import as_typed, questions_of, tally, texts_of, with_index
from portal.search.table import lexicon

ENGINES = ("index", "typed")


class Command(BaseCommand):
    """Nothing of the portal's own is read but the table of plain words; the last line is for machines."""

    help = "Measure the search on a folder of .md/.txt files (title = file name) with questions: style, query, regex."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the texts and the questions are."""
        parser.add_argument("--texts", required=True, type=Path)
        parser.add_argument("--queries", required=True, type=Path)
        parser.add_argument("--engine", choices=ENGINES, default="index")
        parser.add_argument("--missed", action="store_true", help="list what was not among the first five")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each style, then all."""
        for name in ("texts", "queries"):
            if not options[name].exists():
                raise CommandError(f"There is no {options[name]}.")
        texts, questions = texts_of(options["texts"]), questions_of(options["queries"])
        if not texts or not questions:
            raise CommandError("There are no texts or no questions.")
        with tempfile.TemporaryDirectory(prefix="search-report-") as folder:
            find = (
                with_index(texts, _words(), Path(folder) / "index")
                if options["engine"] == "index"
                else as_typed(texts)
            )
            styles, missed = tally(find, questions)
        for miss in missed if options["missed"] else ():
            self.stdout.write(
                f"missed {miss.question.style}\t{miss.question.query}\t{' | '.join(miss.found)}"
            )
        for style, row in styles.items():
            self.stdout.write(str(row) if style == "all" else f"{style}: {row}".replace(" all ", " of "))


def _words() -> Lexicon:
    """The administrator's table; the pairs that come with the portal where there is no database."""
    try:
        return lexicon()
    except DatabaseError:
        return shipped()
