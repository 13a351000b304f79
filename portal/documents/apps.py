"""App configuration: finds every app's document kinds."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "portal.documents"
    label = "documents"
    verbose_name = "公文文书"

    def ready(self) -> None:
        from django.core import checks

        from portal.cases.registry import register_notes
        from portal.documents.checks import check_series
        from portal.documents.corrections import NOTE

        autodiscover_modules("document_kinds")
        checks.register(check_series)
        register_notes({NOTE: "制作版式更正件"})
