"""App configuration: finds every app's document kinds."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "portal.documents"
    label = "documents"
    verbose_name = "公文文书"

    def ready(self) -> None:
        autodiscover_modules("document_kinds")
