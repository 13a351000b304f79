"""When the jobs of supervision run."""

from portal.jobs.lanes import HEAVY
from portal.jobs.registry import Schedule, declare

declare(
    Schedule("supervision.pace", "portal.supervision.tasks.pace", cron="20 3 * * *", lane=HEAVY),
    Schedule("supervision.digests", "portal.supervision.tasks.digests", cron="10 8 * * *"),
    Schedule("supervision.freeze", "portal.supervision.tasks.freeze", cron="10 1 1 * *", lane=HEAVY),
)
