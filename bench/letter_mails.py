"""Ordinary mails from dovecot into letters: reading and handling, beside the build of before, in one run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from imapclient import IMAPClient

from bench.measure import Measure
from bench.scratch import BASE, base

MAILS = int(os.environ.get("BENCH_MAILS", "1000"))
AT_ONCE = 200
HANDLE = "from portal.jobs.outbox import run_due; run_due(100_000)"
COUNT = "from mailbox.models import Letter; print(Letter.objects.count())"
GOAL = 0.7


def ordinary(number: int) -> bytes:
    """A letter as most people write it; every fifth with a file."""
    message = EmailMessage()
    message["From"] = f"王小明 <writer{number}@example.org>"
    message["Subject"] = f"反映第{number}号路灯问题"
    message["Message-ID"] = f"<bench-{number}@example.org>"
    message.set_content(f"红塔区第{number}号路灯不亮，夜间行人不安全，请尽快修复。\n" * 12)
    if number % 5 == 0:
        message.add_attachment(
            "情况说明\n".encode() * 400, maintype="text", subtype="plain", filename="说明.txt"
        )
    return message.as_bytes()


def seconds(tree: Path, port: int, password: str, user: str) -> float:
    """How long this build takes from the full mailbox to the last letter, its start included."""
    with TemporaryDirectory(prefix="letters-") as folder:
        env = {
            **os.environ,
            "PORTAL_ENV": "test",
            "PORTAL_VAR_DIR": f"{folder}/var",
            "PORTAL_FILES_DIR": f"{folder}/files",
            "DATABASE_URL": f"sqlite:///{folder}/letters.sqlite3",
            "PORTAL_IMAP_HOST": "127.0.0.1",
            "PORTAL_IMAP_PORT": str(port),
            "PORTAL_IMAP_USER": user,
            "PORTAL_IMAP_PASSWORD": password,
            "PORTAL_IMAP_TLS": "0",
        }

        def manage(*words: str) -> str:
            command = [sys.executable, str(tree / "manage.py"), *words]
            done = subprocess.run(command, env=env, cwd=tree, check=True, capture_output=True, text=True)
            return done.stdout

        manage("migrate")
        manage("load_organisation")
        with IMAPClient("127.0.0.1", port=port, ssl=False) as client:
            client.login(user, password)
            for start in range(0, MAILS, AT_ONCE):
                client.multiappend("INBOX", [ordinary(n) for n in range(start, min(MAILS, start + AT_ONCE))])
        started = time.perf_counter()
        manage("read_mail")
        manage("shell", "-c", HANDLE)
        taken = time.perf_counter() - started
        assert manage("shell", "-c", COUNT).split()[-1] == str(MAILS), "every mail a letter"
        return taken


def run() -> Iterator[Measure]:
    """This build and the one of before, once each, on the same server."""
    sys.path.insert(0, str(Path(settings.BASE_DIR) / "scripts"))
    from dovecot import temporary_imap

    with temporary_imap() as imap, base() as before:
        theirs = seconds(before, imap.port, imap.password, "before")
        ours = seconds(Path(settings.BASE_DIR), imap.port, imap.password, "now")
    name = f"mails.{MAILS}_into_letters"
    yield Measure(name, ours, "s", ours / theirs, f"build_{BASE}", goal=GOAL, at_most=True)
