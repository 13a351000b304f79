"""App configuration: names the events that this room writes into a case's log."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "portal.records"
    label = "records"
    verbose_name = "检索到的信息"

    def ready(self) -> None:
        from portal.cases.registry import register_notes
        from portal.records.choices import NOTES, PARTY_NOTES, PUBLIC_NOTES

        register_notes({**NOTES, **PUBLIC_NOTES, **PARTY_NOTES})
