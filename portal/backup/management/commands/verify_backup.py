"""manage.py verify_backup DIR: checksums, and whether the database in it opens; exit 1 with a sentence if not."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backup.checking import check_backup
from portal.backup.faults import BackupFault


class Command(BaseCommand):
    help = "Check one backup folder without touching anything."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, help="one backup: a folder named portal-YYYYMMDDTHHMMSS")
        parser.add_argument("--json", action="store_true", help="print the summary as one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            summary = check_backup(options["dir"]).summary()
        except (BackupFault, OSError) as fault:
            raise CommandError(str(fault)) from fault
        if options["json"]:
            self.stdout.write(json.dumps({"ok": True, **summary}))
        else:
            self.stdout.write(
                f"The backup of {summary['made_at']} is sound: {summary['head_count']} cases, {summary['files']} files."
            )
