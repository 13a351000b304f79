"""Entering what came on paper or by word of mouth (条例第二十九条、第三十一条)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.cases.intake import new_key
from portal.core.errors import InvalidInput, PortalError
from portal.core.numbering import grouped
from portal.units.choices import Role
from portal.web.access import actor_of, staff_page
from portal.web.errors import status_of
from requests_app import actions, queries, wizard
from requests_app.actions.intake import Upload
from requests_app.actions.offline import PaperReceipt
from requests_app.choices import ApplicantKind
from requests_app.forms.offline import offline_forms


@staff_page
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """One page for the whole paper; ?kind=organisation for an organisation's. Nothing typed is lost."""
    actor = actor_of(request)
    units = queries.clerk_units(actor, Role.CLERK)
    if not units:
        return render(request, "403.html", status=403)
    kind = request.GET.get("kind", "")
    kind = kind if kind in ApplicantKind.values else ApplicantKind.CITIZEN
    sent = request.method == "POST"
    parts = offline_forms(kind, request.POST if sent else None, request.FILES if sent else None, units)
    status = 200
    if request.method == "POST":
        status = 400
        if not any([form.errors for form in parts.values()]):  # noqa: C419  every part is looked at
            try:
                result = _enter(request, units, kind, parts)
            except InvalidInput as error:
                _beside(parts, error)
            except PortalError as error:
                parts["receipt"].add_error(None, error.sentence)
                status = status_of(error)
            else:
                messages.success(
                    request,
                    f"已登记，编号{result.case.number}。查询码（只显示这一次，请写在给申请人的回执上）：{grouped(result.code)}",
                )
                return redirect("workbench_requests:detail", public_id=result.case.public_id)
    context = {
        "parts": parts,
        "kind": kind,
        "kinds": ApplicantKind.choices,
        "unit": units[0] if len(units) == 1 else None,
        "key": request.POST.get("key") or new_key(),
        "problems": [form for form in parts.values() if form.errors],
    }
    return render(request, "requests_app/staff/enter.html", context, status=status)


def _enter(request: HttpRequest, units: list[Any], kind: str, parts: dict[str, forms.Form]) -> Any:
    data = {name: dict(form.cleaned_data) for name, form in parts.items()}
    chosen = data.pop("unit", {"unit": units[0].code})["unit"]
    unit = next(entry for entry in units if entry.code == chosen)
    receipt = data.pop("receipt")
    uploads = [Upload(entry.name or "", entry.read()) for entry in data.pop("files")["files"]]
    if data["agent"]["agent_name"] and not uploads:
        raise InvalidInput("由代理人提出的，请上传授权委托书", "files")
    answers = {"who": {"applicant_kind": kind, "by_agent": bool(data["agent"]["agent_name"])}, **data}
    return actions.enter(
        unit=unit,
        answers=wizard.fields_of(answers),
        receipt=PaperReceipt(**receipt),
        key=request.POST.get("key", ""),
        actor=actor_of(request),
        at=timezone.now(),
        uploads=uploads,
    )


def _beside(parts: dict[str, forms.Form], error: InvalidInput) -> None:
    for form in parts.values():
        if error.field in form.fields:
            form.add_error(error.field, error.sentence)
            return
    parts["receipt"].add_error(None, error.sentence)
