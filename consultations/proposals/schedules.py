"""When the jobs of topics run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("proposals.sweep", "consultations.proposals.tasks.sweep", cron="20 * * * *"))
