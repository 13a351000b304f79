"""When the jobs of disclosure on application run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("requests.sweep_drafts", "requests_app.tasks.sweep_drafts", cron="20 * * * *"))
