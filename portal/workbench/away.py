"""Standing in: whoever will be away names a colleague; both, and everybody later in the log, see it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.errors import InvalidInput, PortalError
from portal.core.wording import cn_date
from portal.messaging.actions import Recipient, notify
from portal.units.models import Account
from portal.units.standing import (
    end_standing_in,
    possible_stand_ins,
    stand_in,
    stand_ins_of,
    standing_in_for,
)
from portal.web.access import staff_page
from portal.web.fields import date_field, row_field


class AwayForm(forms.Form):
    """Who stands in, from when to when."""

    by = row_field("代理人")
    starts_on = date_field("起始日")
    ends_on = date_field("终止日", "最后一天，次日起自动终止。")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["by"]
        field.queryset = people


@staff_page
@require_http_methods(["GET", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Name who stands in for the reader; list who does, and for whom she does."""
    me, today = _me(request), timezone.localdate()
    form = AwayForm(request.POST or None, people=possible_stand_ins(me.pk, today))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = stand_in(absent=me, today=today, **form.cleaned_data)
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                _tell(me, made)
                messages.success(request, f"已由{form.cleaned_data['by']}代理，本人已收到告知。")
                return redirect("workbench:away")
    context = {
        "form": form,
        "mine": stand_ins_of(me.pk, today),
        "others": standing_in_for(me.pk, today).select_related("stands_in_for", "unit"),
    }
    return render(request, "workbench/away.html", context, status=status)


def _me(request: HttpRequest) -> Account:
    me = request.user
    assert isinstance(me, Account)
    return me


def _tell(absent: Account, made: list[Any]) -> None:
    first = made[0]
    roles = "、".join(dict.fromkeys(row.get_role_display() for row in made))
    notify(
        recipient=Recipient(account_id=first.account_id),
        key=f"standing:{first.pk}",
        subject=f"请您代理{absent}办理事项",
        body=f"{cn_date(first.starts_on)}至{cn_date(first.ends_on)}，角色：{roles}。期间轮到{absent}的事项列在您的“待我办理”，办理记录注明代理。",
        link=reverse("workbench:inbox"),
        at=timezone.now(),
    )


@staff_page
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader is back: that colleague stands in no more."""
    me = _me(request)
    row = stand_ins_of(me.pk, timezone.localdate()).filter(pk=pk).first()
    try:
        if row is not None:
            end_standing_in(absent=me, by=row.account, today=timezone.localdate())
            messages.success(request, "代理已经终止。")
    except PortalError as error:
        messages.error(request, str(error))
    return redirect("workbench:away")
