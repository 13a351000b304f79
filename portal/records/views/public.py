"""What is published beside the public copy of an answer: chosen, blackened for everyone, copied."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal.core.errors import NotFound, PortalError
from portal.files.responses import hand_out
from portal.records import actions, public
from portal.records.choices import Audience
from portal.records.forms import ShareForm
from portal.records.rooms import room_of
from portal.records.views.desk import record_context
from portal.web.access import actor_of, staff_page


@staff_page
@require_POST
def share(request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID) -> HttpResponse:
    """Choose whether everyone gets it, and under which title."""
    context = record_context(request, kind, public_id, record_id, Audience.PUBLIC)
    form = ShareForm(request.POST)
    if form.is_valid():
        try:
            actions.share_record(
                record=context["record"], actor=context["actor"], at=timezone.now(), **form.cleaned_data
            )
        except PortalError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, "已保存。")
    else:
        messages.error(request, "题目过长，请改短。")
    return redirect("records:public_desk", kind, public_id, record_id)


@staff_page
@require_POST
def make(request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID) -> HttpResponse:
    """Make the copy for everyone."""
    context = record_context(request, kind, public_id, record_id, Audience.PUBLIC)
    try:
        actions.make_public_copy(record=context["record"], actor=context["actor"], at=timezone.now())
    except PortalError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "正在制作公众副本，稍后刷新本页。")
    return redirect("records:public_desk", kind, public_id, record_id)


@staff_page
@require_GET
def proposed(request: HttpRequest, kind: str, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A file of the proposed or published copy as everyone gets it, for all of the staff who review and publish it."""
    case = room_of(kind).find(actor_of(request), public_id)
    found = public.proposed_file(case, number)
    if found is None:
        raise NotFound("没有找到该文件。")
    return hand_out(found.file.read(), found.filename, found.file.media_type)
