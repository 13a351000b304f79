"""When the jobs of courses run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("courses.sweep", "consultations.courses.tasks.sweep", cron="20 * * * *"))
