"""When the jobs of public comment run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("consultations.sweep", "consultations.tasks.sweep", cron="*/10 * * * *"))
