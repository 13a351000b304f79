"""Jobs of the review desk."""

from django.utils import timezone

from portal.jobs.lanes import FILES
from portal.jobs.registry import handler
from portal.publishing import actions, filechecks


@handler("publishing.index")
def index(release: int) -> None:
    """Bring the index up to date with a release."""
    actions.index_release(release_id=release)


@handler("publishing.check_file", lane=FILES)
def check_file(file: int, by: int) -> None:
    """Look into a file and make the copy that is published."""
    filechecks.check_file(file_id=file, added_by=by, at=timezone.now())
