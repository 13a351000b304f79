"""What a system administrator may change: the periods and the answer templates."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from mailbox.models import AnswerTemplate, Term


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    """Days and source may change; the code reads the periods by their codes, so none is added or removed."""

    list_display = ("title", "days", "source", "code")
    readonly_fields = ("code",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(AnswerTemplate)
class AnswerTemplateAdmin(admin.ModelAdmin):
    """Templates; one that is no longer wanted is put out of use."""

    list_display = ("title", "letter_kind", "is_active")
    list_filter = ("letter_kind", "is_active")
