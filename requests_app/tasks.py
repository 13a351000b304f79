"""Jobs of disclosure on application."""

from django.utils import timezone

from portal.jobs.lanes import FILES
from portal.jobs.registry import handler
from requests_app import actions


def sweep_drafts() -> None:
    """Throw away drafts that have outlived their time, hourly."""
    actions.sweep_drafts(at=timezone.now())


@handler("requests.case_file", lane=FILES)
def case_file(archive: int) -> None:
    """Bind one case file, once; tried again while a paper is still being rendered."""
    actions.make_case_file(archive_id=archive, at=timezone.now())
