"""manage.py read_mail: read the mailbox once, now, or tell what would become of mails in files."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.postbox.preview import told
from portal.postbox.reading import NoPostbox, read_all


class Command(BaseCommand):
    help = (
        "Read the mailbox over IMAP once; every mail is taken in exactly once. With --file, tell what would become of"
        " those mails and store nothing; exit 0 however broken they are, 1 only if a file cannot be opened."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", nargs="+", type=Path, metavar="EML", help="mails to look at instead")
        parser.add_argument("--json", action="store_true", help="one JSON list, an entry for each file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            self._tell(options["file"], options["json"])
            return
        try:
            new, known = read_all()
        except NoPostbox as error:
            self.stderr.write(str(error))
            sys.exit(1)
        self.stdout.write(f"新收 {new} 封，此前已收 {known} 封")

    def _tell(self, paths: list[Path], as_json: bool) -> None:
        entries = []
        missing = False
        for path in paths:
            try:
                entries.append({"file": str(path), **told(path.read_bytes(), timezone.now())})
            except OSError as error:
                self.stderr.write(f"{path}: {error.strerror}")
                missing = True
        if as_json:
            self.stdout.write(json.dumps(entries, ensure_ascii=False, indent=1))
        else:
            for entry in entries:
                self.stdout.write(_line(entry))
        if missing:
            sys.exit(1)


def _line(entry: dict[str, Any]) -> str:
    files = "、".join(f"{file['name']}（{file['size']}）" for file in entry["attachments"])
    gone = "；".join(f"{gap['what']}：{gap['why']}" for gap in entry["left_out"])
    parts = (entry["file"], entry["outcome"], entry["reason"], entry["subject"], files, gone)
    return " | ".join(part for part in parts if part)
