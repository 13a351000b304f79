"""App configuration: what no migration has bound yet is bound after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "portal.ledger"
    label = "ledger"
    verbose_name = "行登记"

    def ready(self) -> None:
        from portal.ledger.binding import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="portal.ledger.binding")
