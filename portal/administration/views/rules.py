"""Periods and rules: what the statutes fix, and what an administrator may change with its source."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.administration import actions, queries
from portal.administration.choices import Act
from portal.administration.forms import row_form
from portal.core.errors import PortalError
from portal.core.limits import LIMITS, Limit
from portal.units.choices import Role
from portal.web.access import actor_of, admin_page
from portal.web.errors import refuse

MARK = "待核"
STATUTORY = "statutory"


@admin_page(Role.SYSTEM_ADMIN)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All of them, or one table (?table=), with source and date in force; ?table=open lists what is still to be confirmed."""
    chosen = request.GET.get("table", "")
    tables = [
        (
            table,
            [title for _, title in table.shown],
            [(row, [(title, _word(row, name)) for name, title in table.shown]) for row in rows],
        )
        for table, rows in queries.rule_tables()
    ]
    limits = [row for rows in LIMITS.values() for row in rows]
    context = {
        "limits": limits if chosen in ("", STATUTORY) else [],
        "tables": [entry for entry in tables if chosen in ("", entry[0].code)],
        "tabs": [(STATUTORY, "法定和内部固定期限"), *((table.code, table.title) for table, _, _ in tables)],
        "chosen": chosen,
        "open": _unconfirmed(limits, tables),
    }
    return render(request, "administration/rules.html", context)


def _unconfirmed(limits: list[Limit], tables: list[Any]) -> list[tuple[str, str, str, str]]:
    """(table, what, words, address) of everything whose source is still to be compared with the original."""
    fixed = [("法定和内部固定期限", row.title, row.source, "") for row in limits if MARK in row.source]
    changeable = [
        (
            table.title,
            str(values[0][1]),
            str(value),
            reverse("administration:rule", args=[table.code, row.pk]),
        )
        for table, _, rows in tables
        for row, values in rows
        for _, value in values
        if MARK in str(value)
    ]
    return [*fixed, *changeable]


def _word(row: object, name: str) -> object:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display is not None else getattr(row, name)
    return {True: "是", False: "否"}.get(value, value) if isinstance(value, bool) else value


@admin_page(Role.SYSTEM_ADMIN)
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change one rule."""
    found = queries.find_rule(code, pk)
    if found is None:
        raise Http404
    table, row = found
    form = row_form(row, table.editable, request.POST or None)
    for name, title in table.shown:
        if name in form.fields:
            form.fields[name].label = title
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                done = actions.change_row(
                    row=row,
                    values=form.cleaned_data,
                    act=Act.RULE,
                    actor=actor_of(request),
                    at=timezone.now(),
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已修改。" if done else "没有变化。")
                return redirect("administration:rules")
    return render(
        request, "administration/rule.html", {"form": form, "table": table, "row": row}, status=status
    )
