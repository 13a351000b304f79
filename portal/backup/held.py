"""Nothing is sent after a restore until a person lets it go.

Nobody can know which of the mails and texts that waited in the backup went out after it, nor which of those that a
schedule writes anew were sent already by the machine that was lost. So a restore writes one open job of the topic
`jobs.hold`, and while it is open the outbox runs no job that sends (`messaging.deliver`) or tells (`.tell`).
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from portal.jobs.models import OutboxJob
from portal.jobs.outbox import DELIVER, HOLD, SENDING, sending_is_held
from portal.messaging.models import Message

# Run by the database itself, in the restoring transaction; an older schema has these columns too.
_HOLD = (
    "INSERT INTO jobs_outboxjob"
    " (topic, key, arguments, created_at, not_before, attempts, claimed_until, done_at, dead_at, last_error)"
    " SELECT 'jobs.hold', 'jobs.hold:' || COUNT(*), '{}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, NULL, NULL, NULL,"
    " '恢复备份后暂停发送，待人工放行' FROM jobs_outboxjob WHERE topic = 'jobs.hold'"
)
BY_HAND = "运维人员暂停发送，待人工放行"
STATEMENTS = {"sqlite": _HOLD, "postgresql": _HOLD}


def held_jobs() -> QuerySet[OutboxJob]:
    """The jobs that are held, oldest first; none when sending is not held."""
    holds = OutboxJob.objects.filter(topic=HOLD, done_at__isnull=True)
    if not holds.exists():
        return OutboxJob.objects.none()
    return OutboxJob.objects.filter(SENDING, done_at__isnull=True, dead_at__isnull=True).order_by("id")


def held_messages() -> QuerySet[Message]:
    """The messages that are held, oldest first; their addresses stay sealed."""
    held = [job.arguments["message"] for job in held_jobs() if job.topic == DELIVER]
    return Message.objects.filter(pk__in=held, sent_at__isnull=True).order_by("id")


def hold() -> bool:
    """Let nothing go out to anybody until a person releases or discards it; False if it was held already."""
    if sending_is_held():
        return False
    number = OutboxJob.objects.filter(topic=HOLD).count()
    now = timezone.now()
    OutboxJob.objects.create(topic=HOLD, key=f"{HOLD}:by-hand:{number}", not_before=now, last_error=BY_HAND)
    return True


def release(*, at: datetime) -> int:
    """Let every held job run from that time on, with all its attempts; gives how many."""
    count = held_jobs().update(not_before=at, claimed_until=None, attempts=0, last_error="")
    OutboxJob.objects.filter(topic=HOLD, done_at__isnull=True).update(done_at=at)
    return count


def discard(*, at: datetime) -> int:
    """Give up every held job: it is done without having been sent; gives how many. Sending goes on."""
    count = held_jobs().update(done_at=at, claimed_until=None, last_error="恢复备份后作废，没有发送")
    OutboxJob.objects.filter(topic=HOLD, done_at__isnull=True).update(done_at=at)
    return count
