"""The page of a unit's texts at hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portal.cases.registry import KINDS
from portal.core.errors import PortalError
from portal.publishing.phrases import drop_phrase, keep_phrase, phrases_of
from portal.units.access import units_of
from portal.units.queries import units_by_id
from portal.web.access import actor_of, staff_page
from portal.web.deciding import DECIDERS
from portal.web.errors import refuse
from portal.web.fields import OfUnit, row_field, text_field


class PhraseForm(OfUnit):
    """One text at hand."""

    unit = row_field("机构")
    kind = forms.ChoiceField(label="业务")
    outcome = forms.ChoiceField(label="适用结果", required=False)
    title = text_field("名称", 40)
    text = text_field(
        "内容",
        2000,
        rows=5,
        help_text="可以用 {编号} {信息名称} {机关} {收到日}，拟写时自动替换。不要写个人信息。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(code, KINDS[code].title) for code in DECIDERS]
        outcome: Any = self.fields["outcome"]
        outcome.choices = [("", "不限")] + [
            (code, label) for decider in DECIDERS.values() for code, label in decider.outcomes
        ]


@staff_page
@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """What the reader's units have at hand, and a form for one more."""
    actor = actor_of(request)
    form = PhraseForm(request.POST or None, units=units_by_id(units_of(actor)))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                keep_phrase(actor=actor, **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已保存。")
                return redirect("workbench:phrases")
    labels = {code: label for decider in DECIDERS.values() for code, label in decider.outcomes}
    rows = list(phrases_of(actor))
    for row in rows:
        row.kind_title, row.outcome_title = KINDS[row.kind].title, labels.get(row.outcome, "不限")  # type: ignore[attr-defined]  # for the page
    return render(request, "workbench/phrases.html", {"form": form, "rows": rows}, status=status)


@staff_page
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one away."""
    drop_phrase(pk=pk, actor=actor_of(request))
    return redirect("workbench:phrases")
