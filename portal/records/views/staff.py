"""The unit's pages of the records: the list, adding, what the unit has published, finding words."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.errors import PortalError
from portal.records import actions, queries
from portal.records.actions import Details, Upload
from portal.records.choices import Ground
from portal.records.finding import pages_with, spots
from portal.records.forms import DetailsForm, TextForm, UploadForm
from portal.records.public import public_entries
from portal.records.rooms import offered, room_of
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse
from portal.web.looks import look_recorded

LOOK_HOLDS = timedelta(hours=1)


def context_of(request: HttpRequest, kind: str, public_id: uuid.UUID) -> dict[str, Any]:
    """The case with what every page of its records shows. Raises NotFound for whoever may not read them."""
    actor = actor_of(request)
    case = queries.find_for_staff(actor, kind, public_id)
    room = room_of(kind)
    return {
        "case": case,
        "kind": kind,
        "room": room,
        "actor": actor,
        "can_edit": queries.may_edit(case, actor),
        "grounds": Ground.choices,
    }


def looked(request: HttpRequest, record: Any) -> bool:
    """Put on record that the asker looks at a record, once an hour; False if that is refused."""
    if queries.has_looked(actor_of(request).account_id, record, timezone.now() - LOOK_HOLDS):
        return True
    return look_recorded(
        request, queries.case_of(record), [queries.look_field(record)], "办理：查看检索到的信息"
    )


@staff_page
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """All records of a case; POST adds files."""
    context = context_of(request, kind, public_id)
    case, posted = context["case"], request.method == "POST"
    searches = context["room"].searches(case)
    form = UploadForm(request.POST or None, request.FILES or None, searches=searches)
    status = 200
    if posted:
        status = 400
        if form.is_valid():
            data = dict(form.cleaned_data)
            uploads = [Upload(entry.name or "", entry.read()) for entry in data.pop("files")]
            try:
                added = actions.add_uploads(
                    case=case,
                    uploads=uploads,
                    details=Details(**data),
                    actor=context["actor"],
                    at=timezone.now(),
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                if added.records:
                    messages.success(request, f"已添加{len(added.records)}份信息，正在检查，稍后刷新本页。")
                for sentence in added.told:
                    messages.warning(request, sentence)
                if not added.refused:
                    return redirect("records:index", kind, public_id)
                for _, sentence in added.refused:
                    form.add_error("files", sentence)
    context |= {
        "form": form,
        "text_form": TextForm(searches=searches),
        "entries": queries.entries_of(case),
        "find": (words := request.GET.get("find", "").strip()[:60]),
        "hits": pages_with(case, words) if words else [],
        "fetched": queries.fetched(case),
        "shared": public_entries(case),
    }
    context["problems"] = queries.problems_of(context["entries"])
    return render(request, "records/index.html", context, status=status)


@staff_page
@require_POST
def add_text(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Add typed words as a record."""
    context = context_of(request, kind, public_id)
    case = context["case"]
    form = TextForm(request.POST, searches=context["room"].searches(case))
    status = 400
    if form.is_valid():
        data = dict(form.cleaned_data)
        text = data.pop("text")
        try:
            actions.add_text(
                case=case, text=text, details=Details(**data), actor=context["actor"], at=timezone.now()
            )
        except PortalError as error:
            status = refuse(form, error)
        else:
            messages.success(request, "已添加，正在制作页面，稍后刷新本页。")
            return redirect("records:index", kind, public_id)
    return render(request, "records/text.html", context | {"form": form}, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def published(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """What the unit has published, found by words; POST takes one as a record."""
    context = context_of(request, kind, public_id)
    now = timezone.now()
    if request.method == "POST":
        try:
            actions.add_published(
                case=context["case"], key=request.POST.get("key", ""), actor=context["actor"], at=now
            )
        except PortalError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, "已添加，标明已主动公开。")
            return redirect("records:index", kind, public_id)
    words = request.GET.get("q", "").strip()[:60]
    context |= {"q": words, "rows": offered(context["case"].unit, words, now) if words else []}
    return render(request, "records/published.html", context)


@staff_page
@require_POST
def make_copies(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Make the copies of everything that is given and has none."""
    context = context_of(request, kind, public_id)
    try:
        count = actions.ask_for_copies(case=context["case"], actor=context["actor"], at=timezone.now())
    except PortalError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(
            request, f"正在制作{count}份副本，稍后刷新本页。" if count else "副本都已制作，没有改动。"
        )
    return redirect("records:index", kind, public_id)


@staff_page
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Where a word stands in all records, or what looks personal; POST withholds all of it, or the places chosen."""
    context = context_of(request, kind, public_id)
    case, word = context["case"], request.GET.get("word", "").strip()[:60]
    ground = request.POST.get("ground", Ground.PRIVACY)
    if request.method == "POST":
        try:
            done = _withhold(request, case, ground, context["actor"])
        except PortalError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, f"已在{done}份信息中标记。")
            return redirect("records:index", kind, public_id)
    for record in queries.records_of(case):
        record.case = case
        if not looked(request, record):
            return redirect("records:index", kind, public_id)
    context |= {"word": word, "spots": spots(case, word), "ground": ground}
    return render(request, "records/find.html", context)


def _withhold(request: HttpRequest, case: Any, ground: str, actor: Any) -> int:
    """All places of a word, or those that were chosen; gives in how many records."""
    now = timezone.now()
    whole = request.POST.get("all_of", "")
    if whole:
        return len(actions.mark_word(case=case, word=whole, ground=ground, actor=actor, at=now))
    picked = actions.mark_spots(
        case=case, spots=request.POST.getlist("spot"), ground=ground, actor=actor, at=now
    )
    return len(picked)


@staff_page
@require_GET
def text(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """The form for typed words."""
    context = context_of(request, kind, public_id)
    form = TextForm(searches=context["room"].searches(context["case"]))
    return render(request, "records/text.html", context | {"form": form})


def details_form(record: Any, data: Any = None) -> DetailsForm:
    """What is known of a record, to be changed."""
    case = queries.case_of(record)
    names = ("title", "document_number", "made_on", "maker", "source", "search")
    return DetailsForm(
        data,
        initial={name: getattr(record, name) for name in names},
        searches=room_of(case.kind).searches(case),
    )
