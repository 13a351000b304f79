"""The worker as processes: whatever dies or stands still is begun again, and every job is done, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule as QueueSchedule

from portal.jobs import outbox, timetable
from portal.jobs.lanes import LANES, WORK, Lane
from portal.jobs.models import OutboxJob, WorkerBeat
from portal.jobs.registry import SCHEDULES
from portal.messaging.actions import Recipient, notify

ROOT = Path(settings.BASE_DIR)
ROUNDS = int(os.environ.get("PORTAL_KILL_ROUNDS", "1"))
ENQUEUE = """
import sys, django
django.setup()
from django.db import transaction
from django.utils import timezone
from portal.messaging.actions import Recipient, notify
first, last = map(int, sys.argv[1:])
for number in range(first, last):
    with transaction.atomic():
        notify(recipient=Recipient(email="somebody@test.invalid"), key=f"kill-{number}", subject=f"回执{number}",
               body="已收到。", link="/", at=timezone.now())
"""
OPEN = """
import django
django.setup()
from portal.jobs.models import OutboxJob
print(OutboxJob.objects.filter(done_at__isnull=True).count())
"""


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a portal with a database of its own."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(ROOT),
        "PORTAL_ENV": "test",
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "PORTAL_FONT_DIR": str(ROOT / "var" / "fonts"),
    }


@pytest.fixture
def worker(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that runs until the test ends."""
    program = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=env)
    yield program
    program.send_signal(signal.SIGTERM)
    try:
        program.wait(40)
    except subprocess.TimeoutExpired:
        program.kill()
        raise


def children(pid: int) -> list[int]:
    """The lanes of a worker."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(word) for word in task.read_text().split()]
    return sorted(found)


def until(holds: Callable[[], Any], seconds: float = 40) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come about in time")


def asked(env: dict[str, str], words: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", words, *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def mails(env: dict[str, str]) -> list[str]:
    folder = Path(env["PORTAL_VAR_DIR"]) / "mail"
    texts = [path.read_text() for path in folder.glob("*")] if folder.is_dir() else []
    lines = [line for text in texts for line in text.splitlines()]
    return [line for line in lines if line.startswith("Message-ID")]


@pytest.mark.slow
def test_whatever_is_killed_all_is_done_once(env: dict[str, str], worker: subprocess.Popen[bytes]) -> None:
    """Every lane is killed in turn while mails go out; then one is frozen; then the whole ends by one SIGTERM."""
    until(lambda: len(children(worker.pid)) == len(LANES))
    written = 0
    for _ in range(ROUNDS):
        for victim in children(worker.pid):
            asked(env, ENQUEUE, str(written), str(written + 5))
            written += 5
            os.kill(victim, signal.SIGKILL)
            until(
                lambda victim=victim: victim not in (now := children(worker.pid)) and len(now) == len(LANES)
            )
    until(lambda: asked(env, OPEN) == "0")
    frozen = children(worker.pid)[2]
    os.kill(frozen, signal.SIGSTOP)
    until(lambda: frozen not in children(worker.pid) and len(children(worker.pid)) == len(LANES))
    asked(env, ENQUEUE, str(written), str(written + 5))
    written += 5
    until(lambda: asked(env, OPEN) == "0")
    sent = mails(env)
    assert len(set(sent)) == written
    assert len(sent) - written <= ROUNDS, (
        "only what was being sent at the kill may come twice, with the same id"
    )
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0


@pytest.mark.django_db
def test_two_workers_write_each_schedule_once() -> None:
    timetable.sync_schedules()
    some = next(iter(SCHEDULES))
    QueueSchedule.objects.create(name=some, func="doubled")
    assert timetable.sync_schedules() == len(SCHEDULES)
    assert QueueSchedule.objects.count() == len(SCHEDULES)
    assert QueueSchedule.objects.filter(func="doubled").count() == 0


@pytest.mark.django_db
def test_schedule_of_a_wrong_clock_is_set_right() -> None:
    """A clock that was a day ahead left every schedule a day ahead; an hour back is the same from the other side."""
    timetable.sync_schedules()
    now = timezone.now()
    QueueSchedule.objects.update(next_run=now + timedelta(days=400))
    assert timetable.mend(now) == len(SCHEDULES)
    for row in QueueSchedule.objects.all():
        assert now < row.next_run <= row.calculate_next_run(now)
    assert timetable.mend(now) == 0


@pytest.mark.django_db
def test_schedule_is_taken_once_and_its_next_run_counts_from_now() -> None:
    timetable.sync_schedules()
    now = timezone.now()
    QueueSchedule.objects.update(next_run=now + timedelta(minutes=1))
    QueueSchedule.objects.filter(name="polls.sweep").update(next_run=now - timedelta(hours=3))
    taken = timetable.due(LANES[WORK], now)
    assert taken is not None and taken.name == "polls.sweep"
    assert taken.next_run > now
    assert timetable.due(LANES[WORK], now) is None


def too_long() -> None:
    """What a schedule calls that does not come back in time."""
    time.sleep(20)


@pytest.mark.django_db
def test_schedule_that_takes_too_long_ends_itself_and_not_its_lane() -> None:
    row = QueueSchedule(name="too-long", func="tests.integrity.test_worker.too_long")
    began = time.monotonic()
    assert not timetable.run(row, Lane("work", "日常任务", 1))
    assert time.monotonic() - began < 15


@pytest.mark.django_db
def test_lanes_take_their_own_jobs_only(django_capture_on_commit_callbacks: Any) -> None:
    where = Recipient(email="a@test.invalid", phone="13887700001")
    at = timezone.now()
    notify(recipient=where, key="lane", subject="回执", body="已收到。", link="/", at=at, secret=True)
    assert sorted(OutboxJob.objects.values_list("lane", flat=True)) == ["mail", "texts"]
    now = at + timedelta(days=1)
    assert outbox.claim(now, 5, lane="papers") == []
    [mail] = outbox.claim(now, 5, lane="mail", owner="here:1")
    assert mail.claimed_until is not None and mail.claimed_until > now + timedelta(seconds=60)
    assert outbox.claim(now, 5, lane="mail") == []
    assert outbox.free_claims(["here:1"]) == 1
    assert [job.pk for job in outbox.claim(now, 5, lane="mail")] == [mail.pk]


@pytest.mark.django_db
def test_dead_jobs_are_revived_and_dropped() -> None:
    at = timezone.now()
    for number in range(2):
        key = f"dead-{number}"
        notify(recipient=Recipient(email="a@test.invalid"), key=key, subject="回", body="收", link="/", at=at)
    OutboxJob.objects.update(dead_at=at, attempts=5, last_error="ConnectionRefusedError")
    first, second = OutboxJob.objects.order_by("pk")
    assert outbox.revive(OutboxJob.objects.filter(pk=first.pk)) == 1
    assert outbox.drop(OutboxJob.objects.filter(pk=second.pk)) == 1
    assert outbox.run_due() == 1
    assert outbox.revive(OutboxJob.objects.all()) == 0


@pytest.mark.django_db
def test_not_ready_while_what_waits_waits_for_nobody() -> None:
    at = timezone.now()
    notify(recipient=Recipient(email="a@test.invalid"), key="w", subject="回", body="收", link="/", at=at)
    assert Client().get(reverse("readyz")).json()["wrong"] == []
    OutboxJob.objects.update(not_before=at - timedelta(minutes=5))
    answer = Client().get(reverse("readyz"))
    assert (answer.status_code, answer.json()["wrong"]) == (503, ["worker"])
    WorkerBeat.objects.create(owner="here:1", at=at)
    assert Client().get(reverse("readyz")).status_code == 200
    WorkerBeat.objects.update(at=at - timedelta(minutes=2))
    assert Client().get(reverse("readyz")).status_code == 503


@pytest.mark.django_db
def test_not_ready_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.site import health

    monkeypatch.setattr(health, "LEAST_FREE", 2**62)
    assert Client().get(reverse("readyz")).json()["wrong"] == ["files_writable"]
    monkeypatch.undo()
    with connections["default"].cursor() as cursor:
        if connections["default"].vendor == "postgresql":
            cursor.execute("SET TRANSACTION READ ONLY")
        else:
            cursor.execute("PRAGMA query_only = 1")
    answer = Client().get(reverse("readyz"))
    if connections["default"].vendor == "sqlite":
        connections["default"].connection.execute("PRAGMA query_only = 0")
    assert (answer.status_code, answer.json()["wrong"]) == (503, ["database_writable"])
