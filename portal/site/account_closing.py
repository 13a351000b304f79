"""The page on which a citizen closes her own account."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.cases.intake import TooManyTries
from portal.cases.models import Case
from portal.core.errors import InvalidInput, PortalError
from portal.site.accounts import count_wrong, guesses
from portal.units.closing import close_account
from portal.units.models import Account
from portal.web.access import address_of
from portal.web.door import is_full, is_known_network
from portal.web.errors import refuse


class CloseForm(forms.Form):
    """The password once more, and that one knows what it means."""

    password = forms.CharField(
        label="当前密码",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请填写当前密码"},
    )
    sure = forms.BooleanField(
        label="我已保存需要的编号和查询码，确认注销",
        error_messages={"required": "请确认已经保存编号和查询码"},
    )


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """What is lost and what stays; the account is closed by POST."""
    account = request.user
    assert isinstance(account, Account)
    form, status = CloseForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        address = address_of(request)
        scopes, known = guesses(address, f"close {account.pk}"), is_known_network(address)
        try:
            if is_full("login", scopes, timezone.now(), known=known):
                raise TooManyTries("密码不正确的次数过多，请稍后再试。")
            close_account(account=account, password=form.cleaned_data["password"])
        except InvalidInput as error:
            count_wrong("login", scopes, address)
            status = refuse(form, error)
        except PortalError as error:
            status = refuse(form, error)
        else:
            logout(request)
            messages.success(request, "账号已注销。申请和来信仍可凭编号和查询码查询。")
            return redirect("home")
    elif request.method == "POST":
        status = 400
    open_cases = Case.objects.filter(applicant_id=account.pk).open().order_by("pk")
    context = {"form": form, "open_cases": open_cases[:20]}
    return render(request, "account/close.html", context, status=status)
