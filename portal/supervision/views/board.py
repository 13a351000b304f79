"""The first board: what is overdue, what will be, and who holds it, over all units."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.cases import queries as docket
from portal.cases.registry import KINDS
from portal.holidays.calendars import calendar
from portal.supervision import queries
from portal.supervision.figures import predicted_misses
from portal.supervision.figures.forecast import usual_ends
from portal.web.access import supervisor_page
from portal.web.pagination import page_of

BUCKETS = (
    ("overdue", "已逾期"),
    ("today", "今日到期"),
    ("soon", "即将到期"),
    ("unregistered", "逾期未登记"),
    ("predicted", "预计逾期"),
    ("", "全部在办"),
)


@supervisor_page
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Open cases of every unit by what is due; ?due= and ?unit= narrow and stay in the address."""
    today = timezone.localdate()
    days = calendar()
    cases = queries.open_cases()
    chosen = request.GET.get("due", "overdue" if "due" not in request.GET else "")
    unit = request.GET.get("unit", "")
    late_intake = queries.unregistered_since(today, days)
    if chosen == "unregistered":
        rows = cases.filter(late_intake)
    elif chosen == "predicted":
        rows = usual_ends(predicted_misses(cases, today, days), today, days)
    else:
        rows = docket.narrow(cases, chosen, today, days)
    if unit:
        rows = rows.filter(unit__code=unit)
    of_kinds = docket.counts_by_kind(rows)
    kind_wanted = request.GET.get("kind", "")
    if kind_wanted in KINDS:
        rows = rows.filter(kind=kind_wanted)
    page = page_of(request, rows, size=25)
    standing = queries.standings([case.pk for case in page.rows])
    for case in page.rows:
        kind = KINDS[case.kind]
        case.standing = standing[case.pk]
        case.kind_title, case.state_text, case.staff_url = (
            kind.title,
            kind.state_labels[case.state],
            kind.staff_url,
        )
    context = {
        "page": page,
        "counts": queries.live_counts(today, days),
        "kinds": [(code, KINDS[code].title, count) for code, count in of_kinds if code in KINDS],
        "kind": kind_wanted,
        "units": queries.by_unit(today, days),
        "chosen": chosen,
        "unit": unit,
        "buckets": BUCKETS,
        "today": today,
    }
    return render(request, "supervision/board.html", context)


@supervisor_page
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """The numbers on top of the board, for a page that stays open."""
    return JsonResponse(queries.live_counts(timezone.localdate(), calendar()))
