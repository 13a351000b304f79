"""When the jobs of hearings run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("hearings.sweep", "consultations.hearings.tasks.sweep", cron="*/10 * * * *"))
