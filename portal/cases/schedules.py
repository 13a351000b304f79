"""When the docket's jobs run."""

from portal.jobs.lanes import HEAVY
from portal.jobs.registry import Schedule, declare

declare(
    Schedule("cases.anchor", "portal.cases.tasks.anchor", cron="5 * * * *"),
    Schedule("cases.prove", "portal.cases.tasks.prove", cron="30 2 * * *", lane=HEAVY),
    Schedule("cases.prove_on", "portal.cases.tasks.prove_on", minutes=1, lane=HEAVY),
)
