"""When the scribe's jobs run."""

from portal.jobs.lanes import HEAVY
from portal.jobs.registry import Schedule, declare

declare(
    Schedule("documents.corrections", "portal.documents.tasks.promise_corrections", minutes=5, lane=HEAVY)
)
