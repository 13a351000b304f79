"""Units, and who is appointed to what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.administration import actions, queries
from portal.administration.choices import Act
from portal.administration.forms import UNIT_FIELDS, AppointForm, EndForm, row_form
from portal.administration.sleeping import closed_accounts
from portal.administration.sleeping import wake as open_closed
from portal.core.errors import PortalError
from portal.core.wording import cn_date
from portal.units.choices import Role
from portal.units.models import Appointment, Unit
from portal.web.access import actor_of, admin_page
from portal.web.errors import refuse
from portal.web.pagination import page_of


@admin_page(Role.SYSTEM_ADMIN)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """All units."""
    shown = {"page": page_of(request, queries.units(), size=60), "incomplete": queries.incomplete_units()}
    return render(request, "administration/units.html", shown)


@admin_page(Role.SYSTEM_ADMIN)
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """What is printed of a unit: address, hours, bodies of remedy."""
    row = get_object_or_404(Unit, code=code)
    form = row_form(row, UNIT_FIELDS, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                done = actions.change_row(
                    row=row,
                    values=form.cleaned_data,
                    act=Act.UNIT,
                    actor=actor_of(request),
                    at=timezone.now(),
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已修改，以后制发的文书按新的资料。" if done else "没有变化。")
                return redirect("administration:units")
    return render(request, "administration/unit.html", {"form": form, "row": row}, status=status)


@admin_page(Role.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Appointments by unit; ?q= narrows, ?all=1 shows those that ended too; a form for a new one."""
    today = timezone.localdate()
    text, everything = request.GET.get("q", "")[:40].strip(), request.GET.get("all") == "1"
    form = AppointForm(request.POST or None, initial={"starts_on": today})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = actions.appoint(actor=actor_of(request), at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(
                    request,
                    f"{made}，自{cn_date(made.starts_on)}起。新账号由本人在登录页用“忘记密码”设置密码。",
                )
                return redirect("administration:people")
    rows = queries.appointments(text, current=not everything, today=today)
    context = {
        "page": page_of(request, rows, size=50),
        "form": form,
        "text": text,
        "everything": everything,
        "today": today,
        "closed": closed_accounts()[:50],
    }
    return render(request, "administration/people.html", context, status=status)


@admin_page(Role.SECURITY_ADMIN)
@require_POST
def wake(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an account again that was closed because nobody had used it."""
    try:
        account = open_closed(pk=pk, actor=actor_of(request), at=timezone.now())
    except PortalError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"{account}的账号已恢复。")
    return redirect("administration:people")


@admin_page(Role.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an appointment's last day."""
    row = get_object_or_404(Appointment.objects.select_related("account", "unit"), pk=pk)
    form = EndForm(request.POST or None, initial={"ends_on": row.ends_on or timezone.localdate()})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.end_appointment(
                    appointment=row, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已设置终止日。")
                return redirect("administration:people")
    return render(request, "administration/end.html", {"form": form, "row": row}, status=status)
