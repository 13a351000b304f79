"""The table of plain words, and the searches that led to nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.administration import actions, queries
from portal.administration.forms import WordForm
from portal.core.errors import PortalError
from portal.units.choices import Role
from portal.web.access import actor_of, admin_page
from portal.web.errors import refuse
from portal.web.pagination import page_of


@admin_page(Role.SYSTEM_ADMIN)
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """What people say beside what texts are called; a form to add to it, and what was asked without an answer."""
    text = request.GET.get("q", "")[:40].strip()
    form = WordForm(request.POST or None, initial={"plain": request.GET.get("plain", "")[:40]})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = actions.add_plain_word(actor=actor_of(request), at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已加入“{made.plain}”，搜索即刻按它查找。")
                return redirect("administration:words")
    page = page_of(request, queries.plain_words(text), size=50)
    context = {"form": form, "page": page, "text": text, "unopened": queries.unopened_searches()}
    return render(request, "administration/words.html", context, status=status)


@admin_page(Role.SYSTEM_ADMIN)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a search off the list."""
    actions.settle_search(pk=pk, actor=actor_of(request))
    messages.success(request, "已处理。")
    return redirect("administration:words")
