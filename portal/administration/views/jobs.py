"""What is done about a job that was given up; the list stands on the system page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.administration.dead import settle_job
from portal.core.errors import PortalError
from portal.units.choices import Role
from portal.web.access import actor_of, admin_page


@admin_page(Role.SYSTEM_ADMIN)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Try it again, or with `drop` give it up for good."""
    revive = "drop" not in request.POST
    try:
        settle_job(pk=pk, revive=revive, actor=actor_of(request), at=timezone.now())
    except PortalError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "已交给任务进程重新办理。" if revive else "已放弃，不再办理。")
    return redirect("supervision:system")
