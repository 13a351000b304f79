"""The service's front page: what it will do, and how to reach the office today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.web.caching import public_page

SERVICE = {
    "title": "信息发布",
    "purpose": "查阅市政府及各部门、各县（市、区）主动公开的文件、公告和工作动态。",
    "basis": "《玉溪市政府网站群管理办法（试行）》第三条、第八条",
}


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the service is for and the way that is open now."""
    return render(request, "site/service_page.html", {"service": SERVICE})
