"""The jobs that render."""

from django.utils import timezone

from portal.documents import actions, corrections
from portal.jobs.lanes import PAPERS
from portal.jobs.registry import handler


@handler("documents.render", lane=PAPERS)
def render(document: int) -> None:
    """Render one document, once."""
    actions.render(document_id=document, at=timezone.now())


@handler("documents.correct", lane=PAPERS)
def correct(document: int) -> None:
    """Draw one paper of an older rendering anew, beside its first file."""
    corrections.correct(document_id=document, at=timezone.now())


def promise_corrections() -> None:
    """Promise corrected renderings to the papers that wait for one."""
    corrections.promise_corrections()
