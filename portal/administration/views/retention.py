"""How long what is kept, what has run out, and what must not be erased."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.administration import actions, queries
from portal.administration.forms import HoldForm
from portal.cases.models import LegalHold
from portal.core.errors import PortalError
from portal.units.choices import Role
from portal.web.access import actor_of, admin_page
from portal.web.errors import refuse


@admin_page(Role.SYSTEM_ADMIN)
@require_http_methods(["GET", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """The rules with what has run out; a form to keep a case's data."""
    form = HoldForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.hold(actor=actor_of(request), at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已登记，解除之前不清除该办件的数据。")
                return redirect("administration:retention")
    lines = queries.retention_lines(timezone.now())
    context = {
        "lines": lines,
        "overdue": sum(count for _, count in lines),
        "runs": queries.runs(),
        "holds": queries.holds(),
        "form": form,
    }
    return render(request, "administration/retention.html", context, status=status)


@admin_page(Role.SYSTEM_ADMIN)
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Erase what has run out now."""
    done = actions.erase_now(actor=actor_of(request), at=timezone.now())
    messages.success(request, f"已清除{sum(done.values())}项。")
    return redirect("administration:retention")


@admin_page(Role.SYSTEM_ADMIN)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold."""
    actions.lift(held=get_object_or_404(LegalHold, pk=pk), actor=actor_of(request), at=timezone.now())
    messages.success(request, "已解除。")
    return redirect("administration:retention")
