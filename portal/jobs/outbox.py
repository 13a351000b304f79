"""Promising work inside a transaction, and doing it outside."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.core import trace
from portal.jobs.lanes import LANES, WORK
from portal.jobs.models import OutboxJob
from portal.jobs.registry import HANDLERS, LANE_OF

log = logging.getLogger("portal.jobs")

MAX_ATTEMPTS = 5
LEASE = timedelta(seconds=120)  # without a lane; in a lane its limit and a minute
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)

# While a job of this topic is open, nothing is sent to anybody: a restore writes one, a person ends it.
HOLD = "jobs.hold"
DELIVER = "messaging.deliver"
TELLING = ".tell"
SENDING = Q(topic=DELIVER) | Q(topic__endswith=TELLING)


_retelling: ContextVar[bool] = ContextVar("retelling", default=False)


@contextmanager
def history() -> Iterator[None]:
    """Inside, nothing is promised and nobody is told: for `seed_city`, which tells years that are over."""
    token = _retelling.set(True)
    try:
        yield
    finally:
        _retelling.reset(token)


def tells_history() -> bool:
    """True inside `history()`."""
    return _retelling.get()


def sending_is_held() -> bool:
    """True from a restore until a person lets mail and texts go again."""
    return OutboxJob.objects.filter(topic=HOLD, done_at__isnull=True).exists()


def runnable() -> QuerySet[OutboxJob]:
    """The open jobs that may run when their time has come; without those that send while sending is held."""
    found = OutboxJob.objects.filter(done_at__isnull=True, dead_at__isnull=True).exclude(topic=HOLD)
    return found.exclude(SENDING) if sending_is_held() else found


def enqueue(topic: str, *, key: str, not_before: datetime | None = None, lane: str = "", **ids: int) -> None:
    """Promise a job in the current transaction; the same key is promised once.

    Only integer ids are passed on; the lane is its topic's unless another is named. Raises LookupError for an unknown topic, RuntimeError outside a
    transaction.
    """
    if topic not in HANDLERS:
        raise LookupError(f"no handler for {topic}")
    if not connection.in_atomic_block:
        raise RuntimeError("enqueue() belongs inside the business transaction")
    if tells_history():
        return
    OutboxJob.objects.bulk_create(
        [
            OutboxJob(
                topic=topic,
                key=key,
                arguments=ids,
                not_before=not_before or timezone.now(),
                lane=lane or LANE_OF.get(topic, WORK),
            )
        ],
        ignore_conflicts=True,
    )


def claim(now: datetime, count: int, *, lane: str = "", owner: str = "") -> list[OutboxJob]:
    """Take up to `count` open jobs of a lane, of any without one; attempts are counted and committed.

    Jobs out of attempts go dead. `owner` is the process that takes them: once it is gone they are free again.
    """
    free = (
        runnable()
        .filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=now), not_before__lte=now)
        .order_by("not_before", "id")
    )
    if lane:
        free = free.filter(lane=lane)
    if not free.exists():  # an idle lane asks and locks nothing
        return []
    lease = timedelta(seconds=LANES[lane].seconds + 60) if lane else LEASE
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)
        taken = []
        for job in free[:count]:
            if job.attempts >= MAX_ATTEMPTS:
                job.dead_at = now
                job.last_error = job.last_error or "执行进程意外终止，已达最多次数"
                log.error("job is dead", extra={"topic": job.topic, "job": job.pk})
            else:
                job.attempts += 1
                job.claimed_until, job.claimed_by = now + lease, owner
                taken.append(job)
            job.save(update_fields=["attempts", "claimed_until", "claimed_by", "dead_at", "last_error"])
    return taken


def run(job: OutboxJob) -> bool:
    """Do one claimed job; True if it was done. A failure is recorded with its back-off."""
    try:
        with trace.working_on(job=str(job.pk), topic=job.topic):
            HANDLERS[job.topic](**job.arguments)
    except Exception as error:  # the boundary: whatever a handler raises becomes a retry or a dead letter
        now = timezone.now()
        job.last_error = f"{type(error).__name__}: {error}"[:2000]
        job.claimed_until = None
        if job.attempts >= MAX_ATTEMPTS:
            job.dead_at = now
            log.error("job is dead", extra={"topic": job.topic, "job": job.pk})
        else:
            job.not_before = now + BACK_OFF[job.attempts - 1]
            log.warning("job failed", extra={"topic": job.topic, "job": job.pk})
        job.save(update_fields=["last_error", "claimed_until", "dead_at", "not_before"])
        return False
    job.done_at = timezone.now()
    job.claimed_until = None
    job.save(update_fields=["done_at", "claimed_until"])
    return True


def free_claims(owners: Iterable[str]) -> int:
    """The jobs that these processes had taken are free again: they are gone. Gives how many there were."""
    taken = OutboxJob.objects.filter(done_at__isnull=True, claimed_by__in=list(owners))
    return taken.update(claimed_until=None, claimed_by="")


def revive(jobs: QuerySet[OutboxJob]) -> int:
    """Dead jobs are tried again from the first attempt; gives how many."""
    dead = jobs.filter(dead_at__isnull=False, done_at__isnull=True)
    return dead.update(dead_at=None, attempts=0, claimed_until=None, claimed_by="", not_before=timezone.now())


def drop(jobs: QuerySet[OutboxJob]) -> int:
    """Dead jobs that nobody is to try again: done, with the last error kept; gives how many."""
    return jobs.filter(dead_at__isnull=False, done_at__isnull=True).update(done_at=timezone.now())


def run_due(limit: int = 200) -> int:
    """Do what is due in every lane, one after another; gives how many were done."""
    done = seen = 0
    while seen < limit:
        jobs = claim(timezone.now(), 1)
        if not jobs:
            break
        for job in jobs:
            seen += 1
            done += run(job)
    return done
