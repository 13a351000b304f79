"""What every page knows: the site's name and footer, the reader's display choice, staff links."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from portal.units.access import actor_for, is_admin, is_supervisor, units_of
from portal.web.caching import has_session


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; reads the session only when the browser sent its cookie."""
    context: dict[str, Any] = {
        "site_name": settings.PORTAL_SITE_NAME,
        "city_name": settings.PORTAL_CITY_NAME,
        "site_url": settings.SITE_URL,
        "site_domain": urlsplit(settings.SITE_URL).hostname or "",
        "icp": settings.PORTAL_ICP,
        "psb": settings.PORTAL_PSB,
        "site_code": settings.PORTAL_SITE_CODE,
        "registers": settings.PORTAL_REGISTERS,
        "contact_phone": settings.PORTAL_CONTACT_PHONE,
        "contact_address": settings.PORTAL_CONTACT_ADDRESS,
        "large_print": request.COOKIES.get("display") == "large",
        "oidc_apps": settings.OIDC_APPS,
        "is_demo": settings.PORTAL_DEMO,
    }
    if has_session(request) and getattr(request, "user", None) is not None and request.user.is_authenticated:
        actor = getattr(request, "actor", None) or actor_for(request.user, timezone.localdate())
        context |= {
            "reader": request.user,
            "reader_is_staff": bool(units_of(actor)),
            "reader_is_supervisor": is_supervisor(actor),
            "reader_is_admin": is_admin(actor),
        }
    return context
