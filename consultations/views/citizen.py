"""The service's front page: what it will do, and how to reach the office today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.web.caching import public_page

SERVICE = {
    "title": "征集调查",
    "purpose": "对重要政策和重大行政决策草案发表意见，参加网上调查、投票和评选。",
    "basis": "《玉溪市政府网站群管理办法（试行）》第十二条、第十三条",
}


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the service is for and the way that is open now."""
    return render(request, "site/service_page.html", {"service": SERVICE})
