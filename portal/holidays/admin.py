"""Where the system administrator enters a new year's notice."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from portal.holidays.calendars import forget
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

    def save_model(self, request: HttpRequest, obj: HolidayNotice, form: Any, change: bool) -> None:
        """Keep who entered it, and let this process read it anew."""
        obj.entered_by_id = request.user.pk
        super().save_model(request, obj, form, change)
        transaction.on_commit(forget)
