"""Admin pages of units and appointments."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.units.models import Account, Appointment, Unit


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "parent", "series_word", "takes_requests", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "short_name", "code")


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):
    list_display = ("email", "display_name", "is_active", "date_joined")
    search_fields = ("email", "display_name")
    exclude = ("password", "user_permissions", "groups")


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):
    list_display = ("account", "unit", "role", "starts_on", "ends_on")
    list_filter = ("role", "unit")
    autocomplete_fields = ("account", "unit")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Terms are made and ended in the administrators' room only, on record and never one's own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """See has_add_permission."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """See has_add_permission."""
        return False
