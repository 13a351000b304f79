"""When the jobs of the room run."""

from portal.jobs.lanes import HEAVY
from portal.jobs.registry import Schedule, declare

declare(
    Schedule("administration.leavers", "portal.administration.tasks.leavers", cron="20 8 * * *"),
    Schedule("administration.sleepers", "portal.administration.tasks.sleepers", cron="10 4 * * *"),
    Schedule("administration.retention", "portal.administration.tasks.erase", cron="40 3 * * *", lane=HEAVY),
)
