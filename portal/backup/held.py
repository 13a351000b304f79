"""Mail and texts that waited when a backup was made: held after a restore, let go only by a person.

Nobody can know which of them went out after the backup, so none goes out by itself again. The jobs that write
such messages (topics ending in ".tell") are held with them. A held job waits until a date that never comes; it
has no table of its own.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from portal.jobs.models import OutboxJob
from portal.messaging.models import Message

DELIVER = "messaging.deliver"
TELLING = ".tell"
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
HOLD = (
    "UPDATE jobs_outboxjob SET not_before = '9000-01-01 00:00:00+00:00', claimed_until = NULL,"
    " last_error = '恢复备份后暂停发送，待人工放行'"
    " WHERE (topic = 'messaging.deliver' OR topic LIKE '%.tell') AND done_at IS NULL AND dead_at IS NULL"
)
# SQLite compares times as text, as Django writes them: in UTC without an offset.
STATEMENTS = {"sqlite": HOLD.replace("+00:00", ""), "postgresql": HOLD}


def held_jobs() -> QuerySet[OutboxJob]:
    """The jobs that are held, oldest first."""
    sending = Q(topic=DELIVER) | Q(topic__endswith=TELLING)
    return OutboxJob.objects.filter(
        sending, done_at__isnull=True, dead_at__isnull=True, not_before__gte=NEVER
    ).order_by("id")


def held_messages() -> QuerySet[Message]:
    """The messages that are held, oldest first; their addresses stay sealed."""
    held = [job.arguments["message"] for job in held_jobs() if job.topic == DELIVER]
    return Message.objects.filter(pk__in=held, sent_at__isnull=True).order_by("id")


def release(*, at: datetime) -> int:
    """Let every held job run from that time on, with all its attempts; gives how many."""
    return held_jobs().update(not_before=at, attempts=0, last_error="")
