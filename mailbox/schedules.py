"""When the jobs of the letter box run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("mailbox.send_reminders", "mailbox.tasks.send_reminders", cron="40 8 * * *"))
