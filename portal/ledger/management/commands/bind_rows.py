"""manage.py bind_rows: seal what has no seal; after a repair by hand, seal a table as it stands now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.ledger.binding import bind_all
from portal.ledger.tables import bound_tables


class Command(BaseCommand):
    help = "Seal the rows of these tables (all without any) that have no seal; --again seals every row as it stands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tables", nargs="*")
        parser.add_argument("--again", action="store_true", help="also rows whose seal does not fit")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = tuple(options["tables"])
        unknown = set(wanted) - set(bound_tables())
        if unknown:
            raise CommandError(f"no bound table: {', '.join(sorted(unknown))}")
        if options["again"] and not wanted:
            raise CommandError("--again needs the names of tables")
        done = bind_all(names=wanted or tuple(bound_tables()), again=options["again"])
        for table, count in done.items():
            if count:
                self.stdout.write(f"{table}：登记{count}行")
