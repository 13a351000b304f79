"""The front door: home, search, due dates, genuine papers, plain pages."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from consultations.polls.queries import open_now as open_polls
from consultations.queries import open_now as open_consultations
from notices.queries import contacts_of, latest
from portal.core.limits import limit, limits_for_citizens
from portal.core.numbering import grouped
from portal.documents.queries import file_matches, find_by_code
from portal.holidays.calendars import calendar
from portal.messaging import actions as messenger
from portal.messaging import queries as mail
from portal.messaging.models import MailChoice
from portal.publishing.queries import published, released_file
from portal.records.queries import handed_over
from portal.site.forms import DeadlineForm, VerifyForm
from portal.units.choices import UnitKind
from portal.units.models import Unit
from portal.units.queries import receiving_units
from portal.web.access import actor_of, mailbox_page
from portal.web.caching import public_page
from portal.web.pagination import page_of

YEAR_SECONDS = 365 * 24 * 3600
MOST_RUNS = 60


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The four services, the search box, what is new: published items, open consultations and polls, released replies."""
    now = timezone.now()
    today = timezone.localdate(now)
    context = {
        "releases": published(now)[:5],
        "items": latest(now, 5),
        "consultations": open_consultations(today)[:3],
        "polls": open_polls(today)[:3],
    }
    return render(request, "site/home.html", context)


@public_page
@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    """The due date, with the days that were skipped and why."""
    today = timezone.localdate()
    usual = limit("disclosure.reply", on=today).days
    form = DeadlineForm(request.GET or None, initial={"start": today, "workdays": usual})
    result = None
    status = 200
    if request.GET:
        if form.is_valid():
            days = calendar()
            start = form.cleaned_data["start"]
            due = days.add(start, form.cleaned_data["workdays"])
            runs = days.explain(start, due)
            result = {
                "start": start,
                "due": due,
                "workdays": form.cleaned_data["workdays"],
                "provisional": days.is_provisional(due),
                "announced_through": days.announced_through,
                "runs": runs if len(runs) <= MOST_RUNS else [],
                "skipped": [run for run in runs if not run.counted and run.name],
                "weekend_days": sum(run.days for run in runs if not run.counted and not run.name),
                "makeup": [run for run in runs if run.kind == "makeup"],
                "sources": [
                    days.sources[year] for year in range(start.year, due.year + 1) if year in days.sources
                ],
            }
        else:
            status = 400
    context = {"form": form, "result": result, "limits": limits_for_citizens(today)}
    return render(request, "site/deadline.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Is this paper genuine? Shows no personal data."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            code, upload = form.cleaned_data["code"], form.cleaned_data.get("file")
            data = upload.read(settings.PORTAL_MAX_UPLOAD_MB * 1024 * 1024) if upload is not None else b""
            if not code.strip():
                digest = hashlib.sha256(data).hexdigest()
                released = released_file(digest, timezone.now())
                context |= {"attachment": True, "copy": handed_over(digest), "released": released}
            else:
                paper = find_by_code(code)
                context |= {"asked": True, "paper": paper}
                if paper is not None and upload is not None:
                    context["matches"] = file_matches(paper, data)
        else:
            status = 400
    return render(request, "site/verify.html", context, status=status)


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code leads."""
    paper = find_by_code(code)
    context = {"form": VerifyForm(initial={"code": grouped(code.upper())}), "asked": True, "paper": paper}
    return render(request, "site/verify.html", context, status=200 if paper else 404)


def _came_from(request: HttpRequest) -> str:
    """The page of ours from which the reader came; "" for any other or an address that cannot be read."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    return parts.path if parts.netloc == request.get_host() else ""


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The large-print switch (适老化): a cookie, no session."""
    target = request.POST.get("next") or request.GET.get("next") or _came_from(request) or "/"
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    if request.method != "POST":
        return render(request, "site/display.html", {"next": target})
    response = redirect(target)
    if request.POST.get("size") == "large":
        response.set_cookie(
            "display", "large", max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie("display", samesite="Lax")
    return response


@mailbox_page
@require_http_methods(["GET", "POST"])
def messages_page(request: HttpRequest) -> HttpResponse:
    """An account's in-site messages; POST marks them as read, looking at them does not."""
    account_id = actor_of(request).account_id
    assert account_id is not None
    staff = actor_of(request).is_staff
    if request.method == "POST" and "by_mail" in request.POST and staff:
        messenger.choose_mail(account_id=account_id, when=request.POST["by_mail"])
        messages.success(request, "邮件提醒已保存。")
        return redirect("messages")
    if request.method == "POST":
        messenger.mark_read(account_id=account_id, at=timezone.now())
        return redirect("messages")
    context = {"page": page_of(request, mail.inbox(account_id)), "unread": mail.unread(account_id)}
    if staff:
        context |= {"by_mail": mail.mail_choice(account_id), "mail_choices": MailChoice.When.choices}
    return render(request, "site/messages.html", context)


@public_page
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How it all works, with every period."""
    return render(request, "site/guide.html", {"limits": limits_for_citizens(timezone.localdate())})


@public_page
@require_safe
def english(request: HttpRequest) -> HttpResponse:
    """What the portal offers, for readers of English."""
    today = timezone.localdate()
    terms = {
        "reply": limit("disclosure.reply", on=today).days,
        "extension": limit("disclosure.extension", on=today).days,
    }
    return render(request, "site/english.html", terms)


@public_page
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Where everything stands: the services, what is published, the units (站点地图)."""
    units = [(kind.label, Unit.objects.filter(kind=kind.value, is_active=True)) for kind in UnitKind]
    return render(request, "site/site_map.html", {"units": [(label, rows) for label, rows in units if rows]})


@public_page
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Where the units are."""
    return render(request, "site/contact.html", {"rows": contacts_of(receiving_units(), timezone.now())})


@public_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, for how long, and who may see it."""
    return render(request, "site/privacy.html")


@public_page
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site can be used by everyone."""
    return render(request, "site/accessibility.html")
