"""Jobs that were given up: tried again or dropped by a system administrator, on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from portal.administration.actions import only, put_on_record
from portal.administration.choices import Act
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.jobs import outbox
from portal.jobs.models import OutboxJob
from portal.units.choices import Role


@transaction.atomic
def settle_job(*, pk: int, revive: bool, actor: Actor, at: datetime) -> None:
    """Try a dead job again from the first attempt, or drop it. Raises StepRefused for anybody but a system administrator,
    NotFound for one that is not dead any more.
    """
    only(actor, Role.SYSTEM_ADMIN)
    jobs = OutboxJob.objects.filter(pk=pk)
    job = jobs.first()
    done = job is not None and (outbox.revive(jobs) if revive else outbox.drop(jobs))
    if job is None or not done:
        raise NotFound("这项任务已经不在失败的任务中。")
    act = Act.REVIVE if revive else Act.DROP
    put_on_record(
        act,
        f"{job.topic} {job.key}",
        actor,
        at,
        before={"attempts": job.attempts, "error": job.last_error[:200]},
    )
