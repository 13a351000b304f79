"""Where one is signed in, and signing out there."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.units.models import Account
from portal.web import signins

LATELY = 20


@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The own sessions and what happened lately; POST ends one (`end`) or all others."""
    account, now = request.user, timezone.now()
    assert isinstance(account, Account)
    rows = signins.current(account, now)
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        chosen = [row for row in rows if not signins.is_this(row, request) and wanted in ("", str(row.pk))]
        count = signins.end(chosen, now)
        messages.success(request, f"已退出{count}处登录。" if count else "没有其他登录。")
        return redirect("account_sessions")
    shown = [(row, signins.is_this(row, request)) for row in rows]
    lately = account.sign_ins.all()[:LATELY]
    return render(request, "account/sessions.html", {"sessions": shown, "lately": lately})
