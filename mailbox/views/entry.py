"""Entering a letter that came by telephone, on paper or by mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mailbox import actions, queries
from mailbox.forms.citizen import entry_forms
from mailbox.views.citizen import answers_of, beside, form_context, good, uploads_of
from portal.cases.intake import new_key
from portal.core.errors import InvalidInput, PortalError
from portal.core.numbering import grouped
from portal.units.choices import Role
from portal.web.access import actor_of, staff_page
from portal.web.errors import status_of


@staff_page
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """One page for the whole letter, for clerks of the mailbox office. Nothing typed is lost."""
    actor = actor_of(request)
    if not actor.has_role(queries.mailbox_office().pk, Role.CLERK):
        return render(request, "403.html", status=403)
    parts = entry_forms(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if good(parts):
            try:
                result = actions.enter(
                    answers=answers_of(parts),
                    **parts["received"].cleaned_data,
                    key=(request.POST.get("key", "") or new_key())[:64],
                    actor=actor,
                    at=timezone.now(),
                    uploads=uploads_of(parts),
                )
            except InvalidInput as error:
                beside(parts, error)
            except PortalError as error:
                parts["received"].add_error(None, error.sentence)
                status = status_of(error)
            else:
                said = f"已登记，编号{result.case.number}。查询码（只显示这一次，请告知来信人）：{grouped(result.code)}"
                messages.success(request, said)
                return redirect("workbench_mailbox:detail", public_id=result.case.public_id)
    return render(request, "mailbox/staff/enter.html", form_context(request, parts), status=status)
