"""When the postbox is read."""

from portal.jobs.registry import Schedule, declare

declare(Schedule("postbox.read", "portal.postbox.tasks.read", minutes=2))
