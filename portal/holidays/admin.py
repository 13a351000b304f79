"""Notices to look at; they are entered at /administration/holidays/, which shows and recounts what they move."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.holidays.models import HolidayDay, HolidayNotice


class HolidayDayInline(admin.TabularInline):
    """The notice's days, one a row."""

    model = HolidayDay
    extra = 10


@admin.register(HolidayNotice)
class HolidayNoticeAdmin(admin.ModelAdmin):
    """Notices by year."""

    list_display = ["year", "document", "issued_on", "entered_at"]
    inlines = [HolidayDayInline]
    exclude = ["entered_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a notice entered here would move no date."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never, as above."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never, as above."""
        return False
