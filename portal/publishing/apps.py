"""App configuration."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "portal.publishing"
    label = "publishing"
    verbose_name = "审核发布"

    def ready(self) -> None:
        from portal.cases.registry import register_notes
        from portal.publishing.word import NOTES

        register_notes({"confirm_file": "核对附件", **NOTES})
