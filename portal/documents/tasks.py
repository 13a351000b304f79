"""The job that renders."""

from django.utils import timezone

from portal.documents import actions
from portal.jobs.registry import handler


@handler("documents.render")
def render(document: int) -> None:
    """Render one document, once."""
    actions.render(document_id=document, at=timezone.now())
