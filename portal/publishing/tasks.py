"""Jobs of the review desk."""

from portal.jobs.registry import handler
from portal.publishing import actions


@handler("publishing.index")
def index(release: int) -> None:
    """Bring the index up to date with a release."""
    actions.index_release(release_id=release)
