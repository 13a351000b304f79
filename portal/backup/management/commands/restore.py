"""manage.py restore DIR: bring a backup back, hold old mail, prove the result; exit 1 if anything does not hold."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.backup.faults import BackupFault
from portal.backup.restoring import restore_backup

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Restore one backup folder. Stop the web server and the worker first. "
        "On PostgreSQL run it as the owner of the database: deploy/manage --owner restore DIR."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, help="one backup: a folder named portal-YYYYMMDDTHHMMSS")
        parser.add_argument("--yes", action="store_true", help="replace a database that is not empty")
        parser.add_argument("--json", action="store_true", help="print the result as one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restore_backup(options["dir"], at=timezone.now(), over_data=options["yes"])
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        if options["json"]:
            result = {"ok": not done.findings, "held": done.held, "findings": done.findings}
            self.stdout.write(json.dumps({**done.manifest.summary(), **result}, ensure_ascii=False))
        else:
            self.stdout.write(
                f"Restored the backup of {done.manifest.made_at}; {done.files_written} files written."
            )
            if done.set_aside:
                self.stdout.write(f"The old database was kept as {done.set_aside.name}.")
            self.stdout.write(
                f"Held mail and texts: {done.held}. See them and let them go with release_held."
            )
        if done.findings:
            for finding in done.findings[:SHOWN]:
                self.stderr.write(finding)
            raise CommandError(f"Verification failed: {len(done.findings)} findings. Do not open the portal.")
        if not options["json"]:
            self.stdout.write("Verification passed: event log, anchors, triggers, stored files.")
