"""What an administrator may change: the periods."""

from django.contrib import admin

from consultations.models import ConsultationTerm


@admin.register(ConsultationTerm)
class ConsultationTermAdmin(admin.ModelAdmin):
    """Periods with their sources; neither added nor removed here."""

    list_display = ("title", "days", "unit", "may_be_shorter", "source")
    readonly_fields = ("code",)

    def has_add_permission(self, request: object) -> bool:
        """Never: the code asks for the rows by name."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Never: the code asks for the rows by name."""
        return False
