"""When the strongroom's jobs run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("files.sweep_unused", "portal.files.tasks.sweep_unused", cron="40 * * * *"))
