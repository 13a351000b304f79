"""When the jobs of votes and surveys run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("polls.sweep", "consultations.polls.tasks.sweep", cron="*/5 * * * *"))
