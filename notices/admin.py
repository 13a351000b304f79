"""What an administrator may change: how often columns must be renewed, enforcement results, names to look out for."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from notices.models import AliveRule, EnforcementRhythm, WrongName


@admin.register(AliveRule)
class AliveRuleAdmin(admin.ModelAdmin):
    """Days and source may change; the catalogue names the rules by code, so none is added or removed."""

    list_display = ("title", "days", "warn_days", "source", "code")
    readonly_fields = ("code",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(EnforcementRhythm)
class EnforcementRhythmAdmin(admin.ModelAdmin):
    """Units that enforce rarely publish each two months."""

    list_display = ("unit", "months", "source")


@admin.register(WrongName)
class WrongNameAdmin(admin.ModelAdmin):
    """Names of places, offices and leaders that are often written wrongly."""

    list_display = ("wrong", "right", "why")
    search_fields = ("wrong", "right")
