"""When the jobs of the returns run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("returns.remind", "requests_app.returns.tasks.remind", cron="30 9 * 1,2 *"))
