"""For paper: the letter and everything it gives as one file to print."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.core.errors import NotFound
from portal.documents.queries import file_of
from portal.files.responses import hand_out
from portal.records import actions
from portal.records.views.staff import context_of
from portal.web.access import staff_page
from portal.web.looks import look_recorded
from portal.web.papers import ask_for


@staff_page
@require_GET
def print_all(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """The letter of an answer that was issued, then the copies; on record as a look at the applicant's name."""
    context = context_of(request, kind, public_id)
    case = context["case"]
    letter = context["room"].letter(case)
    if letter is None:
        raise NotFound("答复文书制发以后，才有打印件。")
    kept = file_of(letter)
    if kept is None:
        ask_for(letter)
        messages.info(request, "文书正在制作，请稍后刷新。")
        return redirect("records:index", kind, public_id)
    if not look_recorded(request, case, ["name"], "打印答复文书和附件"):
        return redirect("records:index", kind, public_id)
    data = actions.print_file(case=case, letter=kept.read())
    name = f"{case.number}答复和附件（{timezone.localdate():%Y%m%d}）.pdf"
    return hand_out(data, name, "application/pdf")
