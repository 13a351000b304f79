"""When the watch walks its rounds."""

from portal.jobs.lanes import HEAVY
from portal.jobs.registry import Schedule, declare

declare(
    Schedule("watch.words", "notices.watch.tasks.words", minutes=4, lane=HEAVY),
    Schedule("watch.pages", "notices.watch.tasks.pages", minutes=5, lane=HEAVY),
    Schedule("watch.links", "notices.watch.tasks.links", minutes=10, lane=HEAVY),
    Schedule("watch.morning", "notices.watch.tasks.morning", cron="30 7 * * *"),
)
