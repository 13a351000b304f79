"""我要纠错: the form and what became of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from notices.reports import actions, queries
from notices.reports.forms import ReportForm
from portal.cases.intake import new_key
from portal.core.errors import PortalError
from portal.web.access import person_of
from portal.web.door import admitted
from portal.web.errors import refuse
from portal.web.proof import challenge
from portal.web.proof import check as check_proof
from portal.web.receipts import fresh_code, keep_receipt, ways_to_send

PURPOSE = "error-report"
SESSION_RECEIPTS = "report_receipts"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Report an error; ?page= names the page. The hidden key makes a double click one report."""
    actor = person_of(request)
    guest = actor.account_id is None
    form = ReportForm(request.POST or None, initial={"page": queries.path_of(request.GET.get("page", ""))})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                if guest:
                    check_proof(PURPOSE, request.POST.get("proof", ""))
                key, at = (request.POST.get("key", "") or new_key())[:64], timezone.now()
                with admitted(
                    request,
                    PURPOSE,
                    at=at,
                    email=form.cleaned_data["email"],
                    repeated=queries.is_reported(key),
                ):
                    case = actions.report_error(**form.cleaned_data, key=key, actor=actor, at=at)
            except PortalError as error:
                status = refuse(form, error)
            else:
                keep_receipt(request, SESSION_RECEIPTS, case, key)
                return redirect("reports:status", public_id=case.public_id)
    context: dict[str, Any] = {
        "form": form,
        "key": request.POST.get("key") or new_key(),
        "proof": challenge(PURPOSE) if guest else "",
    }
    return render(request, "reports/new.html", context, status=status)


@require_GET
def status(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The receipt and the answer, by the random address; nothing of the reporter is on it."""
    case = queries.find_report(public_id)
    code = fresh_code(request, case)
    context = {"case": case, "code": code, "ways": ways_to_send(case) if code else {}}
    return render(request, "reports/status.html", context)
