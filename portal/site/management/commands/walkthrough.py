"""manage.py walkthrough: a path of the main job on a scratch database, step by step."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from consultations.polls.walkthrough import poll_path
from consultations.walkthrough import consultation_path
from mailbox.walkthrough import mailbox_path
from notices.walkthrough import publish_path
from requests_app.walkthrough import PATHS as DISCLOSURE_PATHS
from requests_app.walkthrough import Walk, WalkthroughFailed

PATHS: dict[str, Callable[[Walk], None]] = {
    **DISCLOSURE_PATHS,
    "mailbox": mailbox_path,
    "consultation": consultation_path,
    "poll": poll_path,
    "publish": publish_path,
}


class Command(BaseCommand):
    help = "Walk the main job through the real actions; exits 1 if anything is off."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=Path("var/walkthrough"), help="where the PDFs go")
        parser.add_argument("--path", choices=sorted(PATHS), default="main")
        parser.add_argument("--keep", action="store_true", help="keep the scratch database and name it")
        parser.add_argument("--inside", action="store_true", help="internal: already on the scratch database")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["inside"]:
            self._walk(options)
            return
        scratch = tempfile.mkdtemp(prefix="walkthrough-")
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{scratch}/scratch.sqlite3",
            "PORTAL_FILES_DIR": f"{scratch}/files",
            "PORTAL_SMTP_HOST": "",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "walkthrough", "--inside"]
        command += ["--path", options["path"], "--out", str(options["out"].resolve())]
        code = subprocess.run(command, env=environment, check=False).returncode
        if options["keep"]:
            self.stdout.write(f"数据库保留在 {scratch}/scratch.sqlite3")
        else:
            for path in sorted(Path(scratch).rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            Path(scratch).rmdir()
        sys.exit(code)

    def _walk(self, options: dict[str, Any]) -> None:
        call_command("migrate", verbosity=0)
        walk = Walk(say=lambda text: self.stdout.write(text), out=options["out"])
        try:
            PATHS[options["path"]](walk)
        except WalkthroughFailed as failure:
            self.stderr.write(f"不符：{failure}")
            sys.exit(1)
