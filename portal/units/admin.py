"""Admin pages of units and appointments."""

from django.contrib import admin

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
