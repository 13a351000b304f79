"""When the postbox is read."""

from portal.jobs.lanes import INBOX
from portal.jobs.registry import Schedule, declare

declare(Schedule("postbox.read", "portal.postbox.tasks.read", minutes=2, lane=INBOX))
