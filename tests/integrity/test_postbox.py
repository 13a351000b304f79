"""Mails read from a real IMAP server (Debian's dovecot): each kept once, whatever is killed in between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from imapclient import IMAPClient

from portal.jobs.models import OutboxJob
from portal.postbox.actions import take_in
from portal.postbox.models import InboundMail, MailKind
from portal.postbox.reading import DONE_FOLDER, NoPostbox, read_all
from tests.mail_servers import ImapServer

ROOT = Path(settings.BASE_DIR)
STORM, KILLS = int(os.environ.get("PORTAL_STORM_MAILS", "800")), 4  # 2,000 by hand


def letter(number: int, text: str = "路灯不亮。", **headers: str) -> bytes:
    """A mail with its own Message-ID."""
    message = EmailMessage()
    message["From"] = f"writer{number}@example.org"
    message["Subject"] = f"第{number}封"
    message["Message-ID"] = headers.pop("MessageID", f"<{number}@example.org>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def left_in(box: IMAPClient, folder: str) -> int:
    box.select_folder(folder)
    return len(box.search("ALL"))


def test_mails_are_kept_and_moved_away(db: None, box: IMAPClient) -> None:
    for number in range(3):
        box.append("INBOX", letter(number))
    assert read_all() == (3, 0)
    assert read_all() == (0, 0)
    assert (left_in(box, "INBOX"), left_in(box, DONE_FOLDER)) == (0, 3)
    assert InboundMail.objects.count() == 3
    assert OutboxJob.objects.filter(topic="postbox.arrived").count() == 3
    assert b"writer0@example.org" in InboundMail.objects.order_by("id")[0].stored.read()


def test_same_mail_twice_is_one(db: None, box: IMAPClient) -> None:
    box.append("INBOX", letter(1))
    read_all()
    box.append("INBOX", letter(1))
    assert read_all() == (0, 1)
    assert InboundMail.objects.count() == 1


def test_mail_without_an_id_is_known_by_its_bytes(db: None) -> None:
    raw = b"From: a@b.cn\r\nSubject: x\r\n\r\ntext"
    assert take_in(raw=raw, at=timezone.now()) is not None
    assert take_in(raw=raw, at=timezone.now()) is None


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Auto_Submitted": "auto-replied"}, MailKind.AUTOMATIC),
        ({"Return_Path": "<>"}, MailKind.BOUNCE),
    ],
)
def test_automatic_mail_is_kept_but_never_handled(
    db: None, box: IMAPClient, headers: dict[str, str], kind: str
) -> None:
    box.append("INBOX", letter(7, **headers))
    read_all()
    assert InboundMail.objects.get().kind == kind
    assert not OutboxJob.objects.filter(topic="postbox.arrived").exists()


def test_without_a_mailbox_nothing_is_read(db: None, settings: Any) -> None:
    settings.PORTAL_IMAP_HOST = ""
    with pytest.raises(NoPostbox):
        read_all()


def test_message_ids_are_kept_as_digests(db: None) -> None:
    row = take_in(raw=letter(1, In_Reply_To="<earlier@example.org>"), at=timezone.now())
    assert row is not None
    assert "example.org" not in f"{row.key}{row.thread}"
    assert len(row.thread) == 1


def _killed_again_and_again(command: list[str], env: dict[str, str], seconds: float) -> int:
    """Start it and kill -9 it in the middle, several times; gives how often it was really killed."""
    killed = 0
    for attempt in range(KILLS):
        program = subprocess.Popen(
            command, env=env, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL
        )
        time.sleep(seconds + attempt * 0.7)
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
            killed += 1
        program.wait()
    return killed


def _open_jobs(folder: Path) -> int:
    with sqlite3.connect(folder / "own.sqlite3") as kept:
        query = "SELECT COUNT(*) FROM jobs_outboxjob WHERE topic = 'postbox.arrived' AND done_at IS NULL"
        open_jobs: int = kept.execute(query).fetchone()[0]
    return open_jobs


def _let_time_pass(folder: Path) -> None:
    """Jobs that were being run when the worker died wait for their next try; now."""
    with sqlite3.connect(folder / "own.sqlite3") as kept:
        kept.execute(
            "UPDATE jobs_outboxjob SET not_before = '2020-01-01 00:00:00', claimed_until = NULL WHERE done_at IS NULL"
        )


@pytest.mark.slow
@pytest.mark.django_db
def test_storm_with_a_killed_reader_loses_and_doubles_nothing(
    imap: ImapServer, tmp_path: Path, database_url: str
) -> None:
    """Hundreds of mails; the reader and then the worker is killed in the middle again and again: each mail is kept exactly once."""
    if connection.vendor != "sqlite":
        pytest.skip("the storm brings its own SQLite; it runs in the SQLite stage")
    with IMAPClient("127.0.0.1", port=imap.port, ssl=False) as client:
        client.login("storm", imap.password)
        for start in range(0, STORM, 200):
            client.multiappend("INBOX", [letter(number) for number in range(start, start + 200)])
    env = {
        **os.environ,
        "PORTAL_ENV": "test",
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "PORTAL_FILES_DIR": str(tmp_path / "files"),
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_IMAP_HOST": "127.0.0.1",
        "PORTAL_IMAP_PORT": str(imap.port),
        "PORTAL_IMAP_USER": "storm",
        "PORTAL_IMAP_PASSWORD": imap.password,
        "PORTAL_IMAP_TLS": "0",
    }
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "load_organisation"], env=env, cwd=ROOT, check=True, capture_output=True)
    killed = _killed_again_and_again([*manage, "read_mail"], env, 2.5)
    done = subprocess.run(
        [*manage, "read_mail"], env=env, cwd=ROOT, check=True, capture_output=True, text=True
    )
    handle = [*manage, "shell", "-c", "from portal.jobs.outbox import run_due; run_due(10_000)"]
    killed += _killed_again_and_again(handle, env, 6.0)
    time.sleep(0.2)
    for _ in range(6):
        subprocess.run(handle, env=env, cwd=ROOT, check=True, capture_output=True)
        if not _open_jobs(tmp_path):
            break
        _let_time_pass(tmp_path)
    assert killed >= 4, "reader and worker were too fast to be killed"
    with sqlite3.connect(tmp_path / "own.sqlite3") as kept:
        mails, keys = kept.execute("SELECT COUNT(*), COUNT(DISTINCT key) FROM postbox_inboundmail").fetchone()
        jobs = kept.execute("SELECT COUNT(*) FROM jobs_outboxjob WHERE topic = 'postbox.arrived'").fetchone()[
            0
        ]
        letters, numbers, links = kept.execute(
            "SELECT (SELECT COUNT(*) FROM cases_case), (SELECT COUNT(DISTINCT number) FROM cases_case),"
            " (SELECT COUNT(DISTINCT mail_id) FROM mailbox_mailedletter)"
        ).fetchone()
    assert (mails, keys, jobs) == (STORM, STORM, STORM), done.stdout
    assert (letters, numbers, links) == (STORM, STORM, STORM), "every letter exactly once"
    with IMAPClient("127.0.0.1", port=imap.port, ssl=False) as client:
        client.login("storm", imap.password)
        assert (left_in(client, "INBOX"), left_in(client, DONE_FOLDER)) == (0, STORM)
