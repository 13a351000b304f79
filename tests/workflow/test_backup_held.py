"""After a restore: what waited to be sent is held, listed, and let go by a person only."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from portal.backup import held, restoring
from portal.backup.faults import BackupFault
from portal.backup.manifest import Manifest
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import HOLD, run_due
from portal.jobs.queries import health
from portal.jobs.registry import HANDLERS
from portal.messaging.actions import Recipient, notify
from portal.messaging.models import Message
from tests.cast import Person, moment

ADDRESS = "somebody@test.invalid"


def queue(key: str = "one") -> None:
    """A mail that waits to be sent."""
    with transaction.atomic():
        notify(
            recipient=Recipient(email=ADDRESS),
            key=key,
            subject="回执",
            body="已收到。",
            link="/",
            at=timezone.now(),
        )


def hold() -> None:
    """What a restore does to the outbox."""
    with connection.cursor() as cursor:
        cursor.execute(held.STATEMENTS[connection.vendor])


def printed(*command: str) -> str:
    """What a management command prints."""
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_held_mail_is_not_sent_and_raises_no_alarm(db: None) -> None:
    queue()
    hold()
    run_due()
    assert mail.outbox == []
    assert health(timezone.now()) == {"waiting": 1, "dead": 0, "oldest_seconds": 0}


def test_mail_that_a_schedule_writes_anew_after_the_restore_waits_too(db: None) -> None:
    hold()
    queue("two")
    run_due()
    assert mail.outbox == []
    assert printed("release_held", "--yes") == "Released: 1.\n"
    run_due()
    assert len(mail.outbox) == 1


def test_discarded_mail_is_never_sent_and_later_mail_is(db: None) -> None:
    queue()
    hold()
    assert printed("release_held", "--discard") == "Discarded: 1.\n"
    queue("two")
    run_due()
    assert [message.subject for message in mail.outbox] == ["回执"]
    assert Message.objects.filter(sent_at__isnull=True).count() == 1


def test_second_restore_holds_again(db: None) -> None:
    hold()
    held.release(at=timezone.now())
    hold()
    queue()
    run_due()
    assert mail.outbox == []


def test_other_jobs_run_while_sending_is_held(db: None) -> None:
    hold()
    ran: list[int] = []
    HANDLERS["tests.other"] = lambda: ran.append(1)
    OutboxJob.objects.create(topic="tests.other", key="other", not_before=timezone.now())
    try:
        run_due()
    finally:
        del HANDLERS["tests.other"]
    assert ran == [1]


def test_held_mail_is_sent_once_after_its_release(db: None) -> None:
    queue()
    hold()
    assert printed("release_held", "--yes") == "Released: 1.\n"
    run_due()
    run_due()
    assert len(mail.outbox) == 1


def test_mail_that_was_on_its_way_is_sent_after_the_release(db: None) -> None:
    queue()
    OutboxJob.objects.update(attempts=1, claimed_until=timezone.now() + timedelta(hours=1))
    hold()
    held.release(at=timezone.now())
    run_due()
    assert len(mail.outbox) == 1


def test_jobs_that_write_to_people_are_held_and_other_jobs_are_not(db: None) -> None:
    for topic in ("consultations.tell", "documents.render"):
        OutboxJob.objects.create(topic=topic, key=topic, not_before=timezone.now())
    hold()
    assert [job.topic for job in held.held_jobs()] == ["consultations.tell"]


def test_done_and_dead_jobs_are_left_alone(db: None) -> None:
    now = timezone.now()
    OutboxJob.objects.create(topic=held.DELIVER, key="done", not_before=now, done_at=now)
    OutboxJob.objects.create(topic=held.DELIVER, key="dead", not_before=now, dead_at=now)
    hold()
    held.release(at=timezone.now())
    assert set(OutboxJob.objects.exclude(topic=HOLD).values_list("not_before", flat=True)) == {now}


def test_list_of_held_mail_shows_subjects_and_no_address(db: None) -> None:
    queue()
    hold()
    text = printed("release_held")
    assert "回执" in text
    assert "Held: 1." in text
    assert ADDRESS not in text


def test_restore_over_data_without_yes_is_refused(
    citizen: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Manifest("2026-03-01T03:00:00+08:00", connection.vendor, [], {}, 0, "", {}, [])
    monkeypatch.setattr(restoring, "check_backup", lambda folder: sound)
    monkeypatch.setattr(restoring, "engine", lambda: pytest.fail("the database was touched"))
    with pytest.raises(BackupFault, match="not empty"):
        restoring.restore_backup(tmp_path, at=moment("2026-03-02"), over_data=False)


@pytest.mark.parametrize("command", ["restore", "verify_backup"])
def test_command_on_no_backup_fails_with_a_sentence(db: None, tmp_path: Path, command: str) -> None:
    with pytest.raises(CommandError, match="There is no backup folder"):
        call_command(command, str(tmp_path / "nothing"))


def test_backup_command_that_cannot_write_fails_with_a_sentence(
    db: None, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CommandError, match="could not be written"):
        call_command("backup", str(tmp_path / "file"))
