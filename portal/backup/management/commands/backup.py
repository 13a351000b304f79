"""manage.py backup DIR: database and stored files into a new folder of DIR; exit 1 with a sentence on any fault."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.backup.faults import BackupFault
from portal.backup.making import make_backup


class Command(BaseCommand):
    help = "Back up the database and the stored files while the portal goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "dir", type=Path, help="folder of all backups; each gets a folder of its own in it"
        )
        parser.add_argument("--keep", type=int, default=14, help="how many good backups to keep (14)")
        parser.add_argument("--json", action="store_true", help="print the summary as one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_backup(options["dir"], at=timezone.now(), keep=options["keep"])
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        summary = made.manifest.summary()
        if options["json"]:
            self.stdout.write(json.dumps({"name": made.folder.name, **summary, "removed": made.removed}))
        else:
            self.stdout.write(
                f"Backup {made.folder.name}: {summary['head_count']} cases, {summary['files']} files, "
                f"{summary['bytes']} bytes; {len(made.removed)} older ones removed."
            )
        if made.manifest.missing_files:
            raise CommandError(
                f"The backup was made, but {len(made.manifest.missing_files)} stored files are missing on disk; "
                f"the first is {made.manifest.missing_files[0][:12]}."
            )
