"""What search engines may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.web.caching import public_page

CLOSED = ("/workbench/", "/supervision/", "/accounts/", "/api/", "/opinions/", "/requests/mine/", "/search/")


@public_page
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public; nothing that needs a name, a link or a question."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap_index'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
