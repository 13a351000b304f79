"""The staff inbox over all kinds of case: what is due first comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.cases import queries
from portal.cases.models import Case
from portal.cases.registry import KINDS
from portal.documents.queries import cases_with_number
from portal.holidays.calendars import calendar
from portal.publishing.turns import my_turn
from portal.search.casebook import find_cases
from portal.units.access import is_supervisor, units_of
from portal.web.access import actor_of, staff_page
from portal.web.pagination import page_of

TURN = "turn"
FOLLOW_UP = "follow_up"
MOST_FOUND = 100
NUMBER = "number"
BUCKETS = (
    (TURN, "待我办理"),
    ("", "本单位在办"),
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
    """What waits for the reader; ?due= gives the open cases of her units, with counts for overdue, today, soon.

    ?mine=1 narrows to the reader's own, ?kind= to one kind of case. ?number= finds a case, open or closed, by its own
    number or by that of a paper.
    """
    actor = actor_of(request)
    if is_supervisor(actor) and not units_of(actor):
        return redirect("supervision:board")
    today = timezone.localdate()
    days = calendar()
    everything = queries.inbox(actor)
    chosen = request.GET.get("due", TURN)
    after, turn = queries.follow_up(actor), my_turn(actor).for_lists().due_first()
    special = {FOLLOW_UP: after, TURN: turn}
    rows = special[chosen] if chosen in special else queries.narrow(everything, chosen, today, days)
    number = request.GET.get("number", "")[:60].strip()
    if number:
        rows, chosen = cases_with_number(Case.objects.handled_by(actor), number), NUMBER
    mine = request.GET.get("mine") == "1"
    if mine:
        rows = rows.filter(officer_id=actor.account_id)
    of_kinds = queries.counts_by_kind(rows)
    wanted = request.GET.get("kind", "")
    if wanted in KINDS:
        rows = rows.filter(kind=wanted)
    page = page_of(request, rows, size=25)
    _name(page.rows)
    context = {
        "page": page,
        "counts": queries.counts(everything, today, days),
        "follow_up": after.count(),
        "turn": turn.count(),
        "chosen": chosen,
        "number": number,
        "caption": "查找到的办件" if number else f"{dict(BUCKETS).get(chosen, '在办事项')}，先到期的在前",
        "mine": mine,
        "buckets": BUCKETS,
        "places": PLACES,
        "wanted": wanted,
        "kinds": [(code, KINDS[code].title, count) for code, count in of_kinds if code in KINDS],
    }
    return render(request, "workbench/inbox.html", context)


@staff_page
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Cases of the reader's units, open or closed: by number, name, telephone, words of the request and the answer.

    By POST, so that no name stands in an address or in a log.
    """
    actor = actor_of(request)
    typed = request.POST.get("words", "")[:60].replace("\x00", "").strip()
    handled = Case.objects.handled_by(actor)
    rows: list[Any] = []
    if typed:
        rows = list(cases_with_number(handled, typed)[:MOST_FOUND]) or list(
            find_cases(handled, typed)[:MOST_FOUND]
        )
    _name(rows)
    context = {"page": {"rows": rows}, "words": typed, "caption": "查找到的办件", "most": MOST_FOUND}
    return render(request, "workbench/find.html", context)


def _name(cases: Iterable[Any]) -> None:
    """Give each case the words and the address that its row shows."""
    for case in cases:
        kind = KINDS[case.kind]
        case.kind_title, case.staff_url = kind.title, kind.staff_url
        case.state_text = kind.state_labels[case.state]
