"""A party looks at the pages that concern it and marks what it does not wish to be disclosed: with script, or as a list."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.core.errors import InvalidInput, NotFound, PortalError
from portal.records import actions as records
from portal.records import objections
from portal.records.choices import Stake
from portal.records.drawing import drawn_pages
from portal.records.forms import ObjectionFormSet, marks_of, places_of
from portal.records.looking import sheets
from portal.records.views.telling import inline, marks_sent, marks_told, number_sent
from portal.web.errors import status_of
from requests_app import queries
from requests_app.views.party import asked_here, private_page

AT_ONCE = 20


def _shown(request: HttpRequest, public_id: uuid.UUID, copy_id: uuid.UUID) -> tuple[Any, Any]:
    """The consultation and its present copy of that id; NotFound for any other."""
    asked = asked_here(request, public_id)
    copy = objections.shown_copy(asked.request, asked.pk, copy_id)
    if copy is None:
        raise NotFound("没有找到该信息，或者已经更换，请返回重新打开。")
    copy.record.case = asked.request
    return asked, copy


@private_page
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, public_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """The pages with what the party marked; POST keeps the list of places, for those who work without script."""
    asked, copy = _shown(request, public_id, copy_id)
    record = copy.record
    held = objections.marks_of_party(record, asked.pk)
    forms, status, refused = ObjectionFormSet(initial=places_of(record, held.marks), prefix="place"), 200, ""
    if request.method == "POST":
        forms, status = ObjectionFormSet(request.POST, prefix="place"), 400
        if forms.is_valid():
            marked = marks_of(record, [form.cleaned_data for form in forms], held.marks)
            try:
                records.save_objections(
                    record=record,
                    party=asked.pk,
                    marks=marked,
                    seen=number_sent(request.POST.get("seen")),
                    at=timezone.now(),
                )
            except PortalError as error:
                status, refused = status_of(error), error.sentence
            else:
                messages.success(request, "标记已保存。")
                return redirect("opinions:look", public_id, copy_id)
    context = {"asked": asked, "copy": copy, "record": record, "marked": held}
    context |= {"places": forms, "refused": refused, "stakes": Stake.choices}
    context |= _pages(request, asked, copy, held)
    return render(request, "requests_app/party/record.html", context, status=status)


def _pages(request: HttpRequest, asked: Any, copy: Any, held: Any) -> dict[str, Any]:
    shown = objections.sheets_shown(copy)
    first = min(max(1, number_sent(request.GET.get("from"), 1)), len(shown) or 1)
    part = shown[first - 1 : first - 1 + AT_ONCE]
    at = {sheet.number: number for number, sheet in part}
    can_edit = queries.may_still_say(asked)
    return {
        "pages": drawn_pages(
            [sheet for _, sheet in part],
            held.marks,
            dict(Stake.choices),
            lambda sheet: reverse(
                "opinions:picture", args=[asked.public_id, copy.public_id, at[sheet.number]]
            ),
        ),
        "before": max(1, first - AT_ONCE) if first > 1 else 0,
        "after": first + AT_ONCE if first + AT_ONCE <= len(shown) else 0,
        "objections": objections.objections_of(asked.request, party=asked.pk, record=copy.record),
        "can_edit": can_edit,
        "mark_whole": "标记整页",
        "marked_whole": "不同意公开整页",
        "desk_data": {"marks": marks_told(held), "grounds": dict(Stake.choices), "can_edit": can_edit},
    }


@private_page
@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, public_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """What the party marked as JSON; POST keeps it, 409 with the present marks if another window saved in between."""
    asked, copy = _shown(request, public_id, copy_id)
    if request.method == "GET":
        return JsonResponse(marks_told(objections.marks_of_party(copy.record, asked.pk)))
    try:
        seen, wanted = marks_sent(request)
    except InvalidInput as error:
        return JsonResponse({"sentence": error.sentence}, status=400)
    try:
        held = records.save_objections(
            record=copy.record, party=asked.pk, marks=wanted, seen=seen, at=timezone.now()
        )
    except PortalError as error:
        kept = marks_told(objections.marks_of_party(copy.record, asked.pk))
        return JsonResponse({"sentence": error.sentence, "marks": kept}, status=status_of(error))
    return JsonResponse(marks_told(held))


@private_page
@require_GET
def picture(request: HttpRequest, public_id: uuid.UUID, copy_id: uuid.UUID, number: int) -> HttpResponse:
    """The picture of a page of the party's own copy: what is withheld from it is not in it."""
    _, copy = _shown(request, public_id, copy_id)
    found = sheets(copy.file.read(), number, number) if copy.file is not None else []
    if not found:
        raise NotFound("没有这一页。")
    return inline(found[0].jpeg)
