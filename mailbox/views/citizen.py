"""The service's front page: what it will do, and how to reach the office today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.web.caching import public_page

SERVICE = {
    "title": "书记市长信箱",
    "purpose": "向市委书记、市长和各县（市、区）、各部门负责人反映咨询、求助、投诉、举报、建议和感谢。",
    "basis": "《玉溪市政府网站群管理办法（试行）》第十三条",
}


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the service is for and the way that is open now."""
    return render(request, "site/service_page.html", {"service": SERVICE})
