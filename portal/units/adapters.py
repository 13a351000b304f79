"""allauth's hooks: staff need a second factor, and land on the workbench."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from portal.units.access import actor_for


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sends each person to the place where their work is."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The workbench for staff, the board for supervisors, a citizen's own requests otherwise."""
        actor = actor_for(request.user, timezone.localdate())
        if actor.is_staff:
            return reverse("workbench:inbox")
        return reverse("requests:mine")
