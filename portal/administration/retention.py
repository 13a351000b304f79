"""What the machinery keeps for a time only."""

from __future__ import annotations

from datetime import timedelta

from portal.jobs.models import OutboxJob
from portal.privacy.retention import RetentionRule, declare, remove

JOB_DAYS = 90

declare(
    RetentionRule(
        code="done_jobs",
        title="办完的后台任务（没有个人信息）",
        keep=f"{JOB_DAYS}日",
        source="内部管理要求",
        # Long enough that no promise is made anew: keys name rows and their events, which do not come again.
        overdue=lambda at: OutboxJob.objects.filter(done_at__lt=at - timedelta(days=JOB_DAYS)),
        erase=remove,
    )
)
