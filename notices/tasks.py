"""Jobs of publishing."""

from __future__ import annotations

from django.utils import timezone

from notices import actions
from portal.jobs.registry import handler


@handler("notices.index")
def index(article: int) -> None:
    """Renew the search entry of one item."""
    actions.index_article(article_id=article, at=timezone.now())
