"""The heartbeat: wakes the dispatcher even if every poke was lost."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("jobs.dispatch", "portal.jobs.outbox.run_due", minutes=1))
