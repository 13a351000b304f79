"""When messages are gathered into one mail."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("messaging.daily", "portal.messaging.tasks.daily", cron="0 8 * * *"))
