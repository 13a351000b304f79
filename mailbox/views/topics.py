"""Rising topics, for the mailbox office and for supervisors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mailbox.queries import in_office
from mailbox.queries.topics import rising_topics, watches_topics, week_ends
from portal.web.access import actor_of, staff_page


@staff_page
@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of the last seven days that come more often than before, each with its letters."""
    if not watches_topics(actor_of(request)):
        return render(request, "403.html", status=403)
    today = timezone.localdate()
    context = {
        "office": in_office(actor_of(request)),
        "topics": rising_topics(today),
        "weeks": week_ends(today),
    }
    return render(request, "mailbox/topics/topics.html", context)
