"""The outbox: promised with the business, done at least once, never for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from portal.documents.models import OfficialDocument
from portal.jobs import outbox
from portal.jobs.models import OutboxJob
from portal.jobs.registry import HANDLERS
from portal.units.models import Unit
from tests.factories.requests_app import submitted

TOPIC = "tests.work"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A topic whose handler notes its calls, and fails for negative ids."""
    seen: list[int] = []

    def handle(thing: int) -> None:
        seen.append(thing)
        if thing < 0:
            raise ValueError("will not work")

    monkeypatch.setitem(HANDLERS, TOPIC, handle)
    return seen


def promise(thing: int) -> OutboxJob:
    with transaction.atomic():
        outbox.enqueue(TOPIC, key=f"job-{thing}", thing=thing)
    return OutboxJob.objects.get(key=f"job-{thing}")


def test_enqueue_same_key_twice_runs_once(db: None, calls: list[int]) -> None:
    promise(1)
    promise(1)
    assert outbox.run_due() == 1
    assert calls == [1]


def test_enqueue_in_rolled_back_transaction_never_runs(db: None, calls: list[int]) -> None:
    with pytest.raises(LookupError), transaction.atomic():
        outbox.enqueue(TOPIC, key="job", thing=1)
        raise LookupError
    assert outbox.run_due() == 0
    assert calls == []


def test_enqueue_unknown_topic_is_refused(db: None) -> None:
    with pytest.raises(LookupError, match="no handler"):
        outbox.enqueue("tests.unknown", key="job")


def test_failing_job_backs_off_and_dies_after_five(db: None, calls: list[int]) -> None:
    job = promise(-1)
    waits = []
    for _ in range(7):
        OutboxJob.objects.filter(pk=job.pk).update(not_before=timezone.now() - timedelta(seconds=1))
        outbox.run_due()
        job.refresh_from_db()
        waits.append(job.dead_at is not None)
    assert calls == [-1] * 5
    assert waits == [False] * 4 + [True] * 3
    assert "will not work" in job.last_error


def test_job_that_kills_its_worker_dies_after_five_claims(db: None, calls: list[int]) -> None:
    """Attempts are counted before the run: a worker that never comes back cannot run a job for ever."""
    job = promise(7)
    now = timezone.now()
    claims = 0
    for turn in range(10):
        claims += len(outbox.claim(now + timedelta(minutes=10 * turn), 1))
    job.refresh_from_db()
    assert claims == 5
    assert job.dead_at is not None


def test_claimed_job_is_left_alone_until_its_lease_ends(db: None, calls: list[int]) -> None:
    promise(1)
    now = timezone.now()
    assert len(outbox.claim(now, 5)) == 1
    assert outbox.claim(now + timedelta(seconds=60), 5) == []
    assert len(outbox.claim(now + timedelta(seconds=121), 5)) == 1


def test_document_is_rendered_once(office: Unit) -> None:
    case = submitted(office)
    outbox.run_due()
    paper = OfficialDocument.objects.get(case=case)
    first = paper.file_id
    OutboxJob.objects.filter(topic="documents.render").update(done_at=None, attempts=0)
    outbox.run_due()
    paper.refresh_from_db()
    assert paper.file_id == first is not None


def test_poison_job_among_good_ones_stops_none(db: None, calls: list[int]) -> None:
    for thing in (1, -2, 3):
        promise(thing)
    assert outbox.run_due() == 2
    assert sorted(calls) == [-2, 1, 3]


def test_mail_is_sent_with_fixed_message_id_and_only_once(office: Unit, mailoutbox: Any) -> None:
    submitted(office, email="liang@example.org")
    outbox.run_due()
    OutboxJob.objects.filter(topic="messaging.deliver").update(done_at=None, attempts=0)
    outbox.run_due()
    assert len(mailoutbox) == 1
    headers = mailoutbox[0].extra_headers
    assert headers["Message-ID"].startswith("<message-")
    assert headers["Auto-Submitted"] == "auto-generated"
    assert "老旧小区" not in mailoutbox[0].subject + mailoutbox[0].body
