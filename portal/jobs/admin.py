"""The operator's view of waiting and dead jobs."""

from django.contrib import admin

from portal.jobs.models import OutboxJob


@admin.register(OutboxJob)
class OutboxJobAdmin(admin.ModelAdmin):
    list_display = ("topic", "key", "attempts", "created_at", "done_at", "dead_at")
    list_filter = ("topic",)
    readonly_fields = [field.name for field in OutboxJob._meta.fields]
