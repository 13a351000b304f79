"""What everyone reads: the list, the draft with its clauses, comments, what became of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations import queries
from consultations.choices import State
from consultations.comparing import VIEWS, compared
from consultations.sheets import MEDIA_TYPE, feedback_sheet
from portal.core.asked import asked_number
from portal.core.errors import NotFound
from portal.files.responses import hand_out
from portal.records.actions.handing import filename_of
from portal.records.queries import handed
from portal.web.caching import public_page
from portal.web.pagination import page_of
from portal.web.papers import hand_out_copy, send_paper

STAGES = (("", "全部"), ("open", "正在征集"), ("closed", "已结束，待反馈"), ("fed_back", "已反馈"))


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the public is asked about now, and what became of it before."""
    today = timezone.localdate()
    stage = request.GET.get("stage", "")
    stage = stage if stage in dict(STAGES) else ""
    page = page_of(request, queries.listed(today, unit=request.GET.get("unit", ""), stage=stage))
    context = {
        "page": page,
        "lines": [(case, case.takes_comments(today)) for case in page.rows],
        "open_now": queries.open_now(today)[:10] if not stage and page.number == 1 else [],
        "stage": stage,
        "stages": STAGES,
        "today": today,
        "periods": queries.periods(),
    }
    return render(request, "consultations/home.html", context)


@public_page
@require_safe
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The draft: what for, until when, the text by clauses with the number of comments beside each."""
    today = timezone.localdate()
    case = queries.find_public(public_id, today)
    version = queries.commented_version(case)
    counts = queries.clause_counts(case)
    context = {
        "case": case,
        "open": case.takes_comments(today),
        "days_left": (case.closes_on - today).days,
        "version": version,
        "clauses": [(clause, counts.get(clause.pk, 0)) for clause in queries.clauses_of(version)],
        "tally": queries.tally(case),
        "versions": queries.public_versions(case),
        "papers": queries.public_papers(case),
        "files": queries.public_files(case),
        "handed": handed(case),
    }
    return render(request, "consultations/detail.html", context)


@public_page
@require_safe
def comments(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The comments that are shown, newest first; ?clause= narrows."""
    case = queries.find_public(public_id, timezone.localdate())
    clause = queries.find_clause(queries.commented_version(case), request.GET.get("clause", ""))
    rows = queries.shown_comments(case)
    if clause is not None:
        rows = rows.filter(clause=clause)
    context = {
        "case": case,
        "clause": clause,
        "page": page_of(request, rows),
        "tally": queries.tally(case),
        "open": case.takes_comments(timezone.localdate()),
    }
    return render(request, "consultations/comments.html", context)


def _fed_back(public_id: uuid.UUID) -> Any:
    case = queries.find_public(public_id, timezone.localdate())
    if case.state != State.FED_BACK:
        raise NotFound("采纳情况尚未公布。")
    return case


@public_page
@require_safe
def feedback(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The table of adoption."""
    case = _fed_back(public_id)
    context = {
        "case": case,
        "rows": queries.feedback_rows(case),
        "totals": queries.feedback_totals(case),
        "versions": queries.public_versions(case),
        "papers": [paper for paper in queries.public_papers(case) if paper.kind == "consultation_feedback"],
    }
    return render(request, "consultations/feedback.html", context)


@require_safe
def feedback_xlsx(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same table as a workbook."""
    case = _fed_back(public_id)
    data = feedback_sheet(case, queries.feedback_rows(case), queries.feedback_totals(case))
    return hand_out(data, f"{case.title}意见采纳情况.xlsx", MEDIA_TYPE)


@public_page
@require_safe
def compare(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Two versions of the text: clean, marked, or side by side: the one announced and the one signed with the feedback."""
    case = _fed_back(public_id)
    versions = queries.public_versions(case)
    by_number = {version.number: version for version in versions}
    chosen = request.GET.get("view", "marked")
    first, last = _pair(request, sorted(by_number))
    if first is None or last is None:
        raise Http404
    context = {
        "case": case,
        "versions": versions,
        "old": by_number[first],
        "new": by_number[last],
        "view": chosen if chosen in VIEWS else "marked",
        "views": VIEWS,
        "rows": compared(by_number[first].text, by_number[last].text),
    }
    return render(request, "consultations/compare.html", context)


def _pair(request: HttpRequest, numbers: list[int]) -> tuple[int | None, int | None]:
    """The two versions that the address names; the one commented on and the newest if it names none."""
    if len(numbers) < 2:
        return None, None
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    found = [number if (number := asked_number(text)) in numbers else None for text in asked]
    old, new = found[0] or numbers[0], found[1] or numbers[-1]
    return (old, new) if old < new else (numbers[0], numbers[-1])


@require_safe
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """A public paper of the consultation."""
    case = queries.find_public(public_id, timezone.localdate())
    paper = queries.public_papers(case).filter(public_id=document_id).first()
    if paper is None or paper.file is None:
        raise NotFound("没有找到该文书，或者正在制作，请稍后刷新。")
    return send_paper(request, paper)


@require_safe
def attachment(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """The copy of a paper that the drafting unit laid beside the draft, once it has been checked."""
    case = queries.find_public(public_id, timezone.localdate())
    return hand_out_copy(queries.public_files(case), file_id)


@require_safe
def material(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A paper beside the draft as it was blackened and proven for everyone."""
    case = queries.find_public(public_id, timezone.localdate())
    found = next((entry for entry in handed(case) if entry.number == number), None)
    if found is None or found.copy is None or found.copy.file is None:
        raise NotFound("没有找到该附件。")
    return hand_out(found.copy.file.read(), filename_of(found), "application/pdf")
