"""The staff inbox over all kinds of case: what is due first comes first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.cases import queries as docket
from portal.cases.models import Case
from portal.cases.registry import KINDS
from portal.core.actors import Actor
from portal.documents.queries import cases_with_number
from portal.holidays.calendars import calendar
from portal.publishing.turns import my_turn
from portal.search.casebook import find_cases
from portal.units.access import is_supervisor, units_of
from portal.web.access import actor_of, staff_page
from portal.web.pagination import page_of
from portal.workbench import queries
from portal.workbench.forms import NarrowForm
from portal.workbench.queries import DONE, FOLLOW_UP, MINE, TURN, Narrowed

MOST_FOUND = 100
OWN_LISTS = (TURN, MINE)
NUMBER = "number"
BUCKETS = (
    (TURN, "待我办理"),
    (MINE, "我经办的"),
    ("", "本单位在办"),
    (DONE, "已办"),
    ("intake", "待登记"),
    ("overdue", "已逾期"),
    ("today", "今日到期"),
    ("soon", "即将到期"),
    (FOLLOW_UP, "已办结，待后续办理"),
)
PLACES = (
    ("workbench_mailbox:letters", "来信"),
    ("workbench_consultations:list", "意见征集"),
    ("workbench_polls:list", "投票调查"),
    ("workbench_hearings:list", "听证会"),
    ("workbench_proposals:list", "建言献策"),
    ("workbench_courses:list", "网上培训"),
    ("workbench_notices:list", "信息发布"),
    ("supervision:orders", "督办事项"),
    ("supervision:assessments", "考核"),
    ("workbench_reports:list", "网页纠错"),
    ("workbench_watch:morning", "值班读网"),
    ("workbench_annual:report", "年度报告"),
)


@staff_page
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the reader; ?due= gives another list: her own, her units', what she has done, what is late.

    ?kind=, ?state=, ?officer=, ?unit=, ?since=, ?until= narrow it (?mine=1: to her own). ?number= finds a case, open or
    closed, by its own number or by that of a paper.
    """
    actor = actor_of(request)
    if is_supervisor(actor) and not units_of(actor):
        return redirect("supervision:board")
    today, days = timezone.localdate(), calendar()
    chosen = request.GET.get("due", TURN)
    turn = my_turn(actor)
    rows = queries.rows_of(chosen, actor, turn, today, days)
    number = request.GET.get("number", "")[:60].replace("\x00", "").strip()
    if number:
        rows, chosen = cases_with_number(Case.objects.handled_by(actor), number), NUMBER
    mine = request.GET.get("mine") == "1"
    if mine:
        rows = rows.filter(officer_id=actor.account_id)
    of_kinds = docket.counts_by_kind(rows)
    kinds = [code for code, _ in of_kinds]
    # Of her own lists nothing is narrowed by person, and whom to give a case is asked on a page of its own.
    form = _narrowing(actor, request.GET, kinds, people=chosen not in OWN_LISTS)
    whole = chosen == TURN and not mine
    page = page_of(request, form.asked.of(rows), size=25)
    queries.named(page.rows)
    context = {
        **_menu(actor),
        "turn": sum(count for _, count in of_kinds) if whole else turn.count(),
        "page": page,
        "chosen": chosen,
        "number": number,
        "caption": "查找到的办件" if number else f"{dict(BUCKETS).get(chosen, '在办事项')}，先到期的在前",
        "mine": mine,
        "wanted": form.asked.kind,
        "kinds": [(code, KINDS[code].title, count) for code, count in of_kinds if code in KINDS],
        "form": form,
        "going": chosen == TURN,
        "narrowed": form.asked != Narrowed(),
    }
    return render(request, "workbench/inbox.html", context)


def _menu(actor: Actor) -> dict[str, Any]:
    """The menu of the lists with what each holds."""
    return {
        "counts": docket.counts(
            docket.inbox(actor), timezone.localdate(), calendar(), officer=actor.account_id
        ),
        "follow_up": docket.follow_up(actor).count(),
        "buckets": BUCKETS,
        "places": PLACES,
        "views": list(queries.saved_views(actor)),
    }


def _narrowing(actor: Actor, data: Any, kinds: list[str], *, people: bool = True) -> NarrowForm:
    named = list(queries.colleagues(actor, timezone.localdate())) if people else []
    return NarrowForm(data, kinds=kinds, people=named, units=queries.own_units(actor))


@staff_page
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Cases of the reader's units, open or closed: by number, name, telephone, words of the request and the answer.

    By POST, so that no name stands in an address or in a log; narrowed by the same fields as the inbox.
    """
    actor = actor_of(request)
    typed = request.POST.get("words", "")[:60].replace("\x00", "").strip()
    handled = Case.objects.handled_by(actor)
    form = _narrowing(actor, request.POST, list(KINDS))
    rows: list[Any] = []
    if typed:
        asked = form.asked
        rows = list(asked.of(cases_with_number(handled, typed))[:MOST_FOUND]) or list(
            asked.of(find_cases(handled, typed))[:MOST_FOUND]
        )
    queries.named(rows)
    context = {
        "page": {"rows": rows},
        "words": typed,
        "caption": "查找到的办件",
        "most": MOST_FOUND,
        "form": form,
    }
    return render(request, "workbench/find.html", context)
