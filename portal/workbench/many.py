"""What is done with several cases at once: assigned, printed, exported; and the saved views."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.core.errors import InvalidInput
from portal.documents.spreadsheet import MEDIA_TYPE, Sheet, workbook
from portal.files.responses import hand_out
from portal.web.access import actor_of, staff_page
from portal.workbench import actions, queries

MOST = 200
KEPT = ("due", "mine", "kind", "state", "officer", "unit", "by", "since", "until")
HEADS = ("编号", "业务", "事项", "机关", "状态", "经办人", "收到日", "到期日", "办结日")


@staff_page
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """The chosen cases: given to a colleague, shown for printing, or as a table."""
    actor = actor_of(request)
    keys = [key for key in request.POST.getlist("case")[:MOST] if _is_key(key)]
    cases = queries.chosen_cases(actor, keys)
    queries.named(cases)
    if not cases:
        messages.error(request, "请先在列表中勾选办件。")
        return _back(request)
    what = request.POST.get("what", "")
    if what == "print":
        return render(request, "workbench/print.html", {"page": {"rows": cases}, "caption": "选出的办件"})
    if what == "export":
        return _table(cases)
    return _assign(request, cases)


def _is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _assign(request: HttpRequest, cases: list[Any]) -> HttpResponse:
    actor, wanted = actor_of(request), request.POST.get("to", "")
    people = queries.colleagues(actor, timezone.localdate())
    officer = people.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if officer is None:
        kept = [(name, value) for name, value in request.POST.items() if name.startswith("in_")]
        context = {"page": {"rows": cases}, "caption": "选出的办件", "people": people, "kept": kept}
        return render(request, "workbench/assign.html", context, status=400 if "to" in request.POST else 200)
    given = actions.assign_many(cases=cases, officer=officer, actor=actor, at=timezone.now())
    if given.done:
        messages.success(request, f"已将{given.done}件分办给{officer}。")
    for sentence in given.refused[:10]:
        messages.warning(request, sentence)
    return _back(request)


def _table(cases: list[Any]) -> HttpResponse:
    rows = [
        (
            case.number or "未编号",
            case.kind_title,
            case.title,
            case.unit.short_name,
            case.state_text,
            str(case.officer or "未指定"),
            str(case.received_on or ""),
            str(case.due_on or ""),
            str(case.closed_on or ""),
        )
        for case in cases
    ]
    widths = (14, 14, 40, 16, 16, 12, 12, 12, 12)
    made = workbook([Sheet("办件", "工作台选出的办件", HEADS, rows, widths)])
    return hand_out(made, "cases.xlsx", MEDIA_TYPE)


def _asked(request: HttpRequest) -> str:
    """How the list was narrowed, without what was searched for."""
    pairs = [(name, request.POST.get(f"in_{name}", "")[:40]) for name in KEPT if f"in_{name}" in request.POST]
    return urlencode([(name, value) for name, value in pairs if value or name == "due"])


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('workbench:inbox')}?{_asked(request)}")


@staff_page
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep how the list is narrowed now under a name."""
    try:
        actions.keep_view(name=request.POST.get("name", ""), query=_asked(request), actor=actor_of(request))
    except InvalidInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已保存，列在“常用筛选”中。")
    return _back(request)


@staff_page
@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved view."""
    actions.drop_view(pk=pk, actor=actor_of(request))
    return redirect("workbench:inbox")
