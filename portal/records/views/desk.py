"""The redaction desk: one record with its pages, what becomes of it, what is withheld, its copy beside it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.errors import InvalidInput, NotFound, PortalError, StaleCase
from portal.files.responses import download
from portal.records import actions, queries
from portal.records.actions import Details
from portal.records.choices import Audience, Ground
from portal.records.drawing import drawn_pages
from portal.records.finding import places
from portal.records.forms import JudgeForm, PlaceFormSet, ShareForm, marks_of, places_of
from portal.records.looking import sheets
from portal.records.objections import objections_of
from portal.records.public import may_share
from portal.records.views.staff import context_of, details_form, looked
from portal.records.views.telling import inline, marks_sent, marks_told, number_sent
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse, status_of

AT_ONCE = 20
APPLICANT = Audience.APPLICANT.value
DESKS = {APPLICANT: "records:desk", Audience.PUBLIC.value: "records:public_desk"}
COPIES = {"copy": APPLICANT, "public": Audience.PUBLIC.value}
SUFFIXES = {"copy": "（副本）", "public": "（公众副本）"}
NOT_LOOKED = "请从检索到的信息页面打开，查看须有记录。"


def record_context(
    request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID, audience: str = APPLICANT
) -> dict[str, Any]:
    """The record with what is withheld from an audience, and whether the asker may change that now."""
    context = context_of(request, kind, public_id)
    record = queries.find_record(context["case"], record_id)
    if audience == Audience.PUBLIC:
        context["can_edit"] = may_share(context["case"], context["actor"])
    return context | {
        "record": record,
        "marked": queries.marked_for(record, audience),
        "audience": audience,
        "at_public": audience == Audience.PUBLIC,
        "desk_page": DESKS[audience],
    }


def _judge_form(context: dict[str, Any], data: Any = None) -> JudgeForm:
    record = context["record"]
    names = ("disposition", "ground", "reason", "matter", "also", "own_data")
    initial = {name: getattr(record, name) for name in names}
    return JudgeForm(
        data, initial=initial, matters=context["room"].matters(context["case"]), person=context["room"].person
    )


def _shown_pages(context: dict[str, Any], first: int) -> list[dict[str, Any]]:
    """Pages from `first` on, each with its marks, and what parties object to, on the picture."""
    record, marks = context["record"], context["marked"].marks
    where = (context["kind"], context["case"].public_id, record.public_id)
    return drawn_pages(
        queries.pages_of(record, first, AT_ONCE),
        marks,
        dict(Ground.choices),
        lambda sheet: reverse("records:picture", args=[*where, sheet.number]),
        words=places(record, [mark["text"] for mark in marks["words"]]),
        objections=context["objections"],
    )


@staff_page
@require_http_methods(["GET", "POST"])
def desk(
    request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID, audience: str = APPLICANT
) -> HttpResponse:
    """The desk for an audience; POST keeps the list of places, for those who work without script."""
    context = record_context(request, kind, public_id, record_id, audience)
    record, marked = context["record"], context["marked"]
    if not looked(request, record):
        return redirect("records:index", kind, public_id)
    forms, status, refused = PlaceFormSet(initial=places_of(record, marked.marks), prefix="place"), 200, ""
    if request.method == "POST":
        forms, status = PlaceFormSet(request.POST, prefix="place"), 400
        if forms.is_valid():
            try:
                actions.save_marks(
                    record=record,
                    marks=marks_of(record, [form.cleaned_data for form in forms], marked.marks),
                    seen=number_sent(request.POST.get("seen")),
                    actor=context["actor"],
                    at=timezone.now(),
                    audience=audience,
                )
            except PortalError as error:
                status, refused = status_of(error), error.sentence
                context = record_context(request, kind, public_id, record_id, audience)
            else:
                messages.success(request, "遮盖的内容已保存。")
                return redirect(request.get_full_path())
    context |= _desk_context(request, context) | {"places": forms, "refused": refused, "form": None}
    return render(request, "records/desk.html", context, status=status)


def _desk_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    record = context["record"]
    wanted = request.GET.get("from", "1")
    first = max(1, min(int(wanted), record.pages or 1)) if wanted.isdecimal() and len(wanted) < 6 else 1
    context["objections"] = [] if context["at_public"] else objections_of(context["case"], record=record)
    return {
        "pages": _shown_pages(context, first),
        "first": first,
        "before": max(1, first - AT_ONCE) if first > 1 else 0,
        "after": first + AT_ONCE if first + AT_ONCE <= record.pages else 0,
        "copy": queries.present_copy(record, context["audience"]),
        "parties": (known := context["room"].parties(context["case"])),
        "party_copies": [
            (dict(known).get(made.party or 0, ""), made) for made in queries.party_copies(record)
        ],
        "judge_form": _judge_form(context),
        "details_form": details_form(record),
        "share_form": _share_form(context),
        "objections": named_objections(context),
        "desk_data": {
            "marks": marks_told(context["marked"]),
            "grounds": dict(Ground.choices),
            "can_edit": context["can_edit"] and record.is_ready,
        },
    }


def named_objections(context: dict[str, Any]) -> list[tuple[str, Any]]:
    """(who, place) of what parties object to in the record."""
    names = dict(context["room"].party_names(context["case"]))
    return [(names.get(row.party, ""), row) for row in context["objections"]]


def _share_form(context: dict[str, Any]) -> ShareForm | None:
    if not context["at_public"]:
        return None
    share = context["marked"]
    return ShareForm(initial={"wanted": share.is_wanted, "title": share.title})


@staff_page
@require_http_methods(["GET", "POST"])
def marks(
    request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID, audience: str = APPLICANT
) -> HttpResponse:
    """What is withheld as JSON; POST keeps it, 409 with the present marks if somebody saved in between."""
    context = record_context(request, kind, public_id, record_id, audience)
    record = context["record"]
    if request.method == "GET":
        return JsonResponse(marks_told(context["marked"]))
    try:
        seen, wanted = marks_sent(request)
    except InvalidInput as error:
        return JsonResponse({"sentence": error.sentence}, status=400)
    try:
        actions.save_marks(
            record=record,
            marks=wanted,
            seen=seen,
            actor=context["actor"],
            at=timezone.now(),
            audience=audience,
        )
    except PortalError as error:
        fresh = _marked(record, audience) if isinstance(error, StaleCase) else context["marked"]
        return JsonResponse({"sentence": error.sentence, "marks": marks_told(fresh)}, status=status_of(error))
    return JsonResponse(marks_told(_marked(record, audience)))


def _marked(record: Any, audience: str) -> Any:
    """What is withheld as it is kept now."""
    return queries.marked_for(queries.find_record(record.case, record.public_id), audience)


@staff_page
@require_POST
def change(
    request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID, what: str
) -> HttpResponse:
    """Decide, describe, remove, or make the copy; a refusal stands on the desk, nothing typed is lost."""
    context = record_context(request, kind, public_id, record_id)
    record, now, who = context["record"], timezone.now(), context["actor"]
    judge, details = _judge_form(context), details_form(record)
    status = 400
    form: Any = None
    try:
        if what == "judge":
            form = judge = _judge_form(context, request.POST)
            if judge.is_valid():
                actions.judge_record(record=record, actor=who, at=now, **judge.cleaned_data)
        elif what == "describe":
            form = details = details_form(record, request.POST)
            if details.is_valid():
                actions.describe_record(
                    record=record, details=Details(**details.cleaned_data), actor=who, at=now
                )
        elif what == "show":
            pages = actions.pages_named(request.POST.get("pages", ""), record.pages)
            party = number_sent(request.POST.get("party"))
            actions.show_pages(record=record, party=party, pages=pages, actor=who, at=now)
        elif what == "remove":
            actions.remove_record(record=record, actor=who, at=now)
            messages.success(request, "已移除。")
            return redirect("records:index", kind, public_id)
        else:
            actions.make_copy(record=record, actor=who, at=now)
    except PortalError as error:
        if form is None:
            messages.error(request, error.sentence)
            return redirect("records:desk", kind, public_id, record_id)
        status = refuse(form, error)
    else:
        if form is None or form.is_valid():
            said = "正在制作副本，稍后刷新本页。" if form is None else "已保存。"
            messages.success(request, said)
            return redirect("records:desk", kind, public_id, record_id)
    record.refresh_from_db()
    context |= _desk_context(request, context)
    context |= {"places": PlaceFormSet(initial=places_of(record, record.marks), prefix="place")}
    context |= {"judge_form": judge, "details_form": details, "form": form}
    return render(request, "records/desk.html", context, status=status)


@staff_page
@require_GET
def picture(
    request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID, number: int
) -> HttpResponse:
    """The picture of a page, for whoever opened the record before: that look is on record."""
    record = record_context(request, kind, public_id, record_id)["record"]
    if not queries.has_looked(actor_of(request).account_id, record):
        raise NotFound(NOT_LOOKED)
    kept = queries.page_of(record, number).picture
    return inline(kept.read())


@staff_page
@require_GET
def copy_picture(
    request: HttpRequest,
    kind: str,
    public_id: uuid.UUID,
    record_id: uuid.UUID,
    number: int,
    audience: str = APPLICANT,
) -> HttpResponse:
    """The picture of a page of the present copy for an audience."""
    record = record_context(request, kind, public_id, record_id, audience)["record"]
    made = queries.present_copy(record, audience)
    if made is None or made.file is None:
        raise NotFound("副本尚未制作。")
    found = sheets(made.file.read(), number, number)
    if not found:
        raise NotFound("没有这一页。")
    return inline(found[0].jpeg)


@staff_page
@require_GET
def compare(
    request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID, audience: str = APPLICANT
) -> HttpResponse:
    """Original and copy side by side, for whoever reviews, clears and signs."""
    context = record_context(request, kind, public_id, record_id, audience)
    record = context["record"]
    if not looked(request, record):
        return redirect("records:index", kind, public_id)
    context |= _desk_context(request, context)
    return render(request, "records/compare.html", context)


@staff_page
@require_GET
def file(
    request: HttpRequest, kind: str, public_id: uuid.UUID, record_id: uuid.UUID, which: str
) -> HttpResponse:
    """The file as it came in, or the present copy: the applicant's or, as "public", everyone's."""
    record = record_context(request, kind, public_id, record_id)["record"]
    audience = COPIES.get(which)
    made = queries.present_copy(record, audience) if audience else None
    kept = (made.file if made is not None else None) if audience else record.file or record.pdf
    if kept is None or not record.is_ready:
        raise NotFound("没有可以下载的文件。")
    if not looked(request, record):
        return redirect("records:index", kind, public_id)
    ending = "pdf" if audience or not record.name else record.name.rpartition(".")[2]
    return download(kept, f"{record.title}{SUFFIXES.get(which, '')}.{ending}")
