"""Holiday notices: entered with a look at every date that they move."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.administration import actions, queries
from portal.administration.forms import NoticeForm, NoticeTextForm, notice_words
from portal.core.errors import PortalError
from portal.units.choices import Role
from portal.web.access import actor_of, admin_page
from portal.web.errors import refuse

SHOWN = 200


@admin_page(Role.SYSTEM_ADMIN)
@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    """The years and their notices."""
    return render(request, "administration/holidays.html", {"years": queries.years(timezone.localdate())})


def _seen(preview: queries.Preview) -> str:
    """A digest of what the preview showed: what is confirmed is what was seen."""
    rows = [f"{entry.case.pk}:{entry.title}:{entry.before}:{entry.after}" for entry in preview.moved]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@admin_page(Role.SYSTEM_ADMIN)
@require_http_methods(["GET", "POST"])
def year(request: HttpRequest, year: int) -> HttpResponse:
    """A year's notice: first a preview of the dates that move, then, confirmed, the entry."""
    today = timezone.localdate()
    line = next((line for line in queries.years(today) if line.year == year), None)
    if line is None:
        raise Http404
    pasting = "text" in request.POST
    pasted = NoticeTextForm(request.POST if pasting else None, year=year)
    form = NoticeForm(None if pasting else request.POST or None, initial=notice_words(line.notice))
    preview, seen, status = None, "", 200
    if pasting:
        status = 400
        if pasted.is_valid():
            form, status = NoticeForm(initial=pasted.words()), 200
    elif request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                preview = queries.preview(form.notice(year), today)
                seen, status = _seen(preview), 200
                if request.POST.get("seen") == seen:
                    actions.enter_year(
                        notice=form.notice(year),
                        issued_on=form.cleaned_data["issued_on"],
                        actor=actor_of(request),
                        at=timezone.now(),
                    )
                    moved = (
                        f"{len(preview.moved)}个期限正在重新计算"
                        if preview.moved
                        else "没有需要重新计算的期限"
                    )
                    messages.success(request, f"{year}年放假安排已录入，{moved}。")
                    return redirect("administration:holidays")
            except PortalError as error:
                preview, status = None, refuse(form, error)
    context = {
        "form": form,
        "pasted": pasted,
        "was_read": pasting and status == 200,
        "line": line,
        "preview": preview,
        "shown": preview.moved[:SHOWN] if preview is not None else [],
        "seen": seen,
    }
    return render(request, "administration/year.html", context, status=status)
