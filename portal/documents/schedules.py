"""When the scribe's jobs run."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("documents.corrections", "portal.documents.tasks.promise_corrections", minutes=5))
