"""App configuration: triggers after every migration, a check that they are there, every app's proofs and periods."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CasesConfig(AppConfig):
    name = "portal.cases"
    label = "cases"
    verbose_name = "办件总台账"

    def ready(self) -> None:
        from portal.cases.codes import NOTES
        from portal.cases.guards import after_migrate, check_guards
        from portal.cases.registry import register_notes
        from portal.cases.remarks import NOTES as REMARKS

        register_notes({**NOTES, **REMARKS})
        autodiscover_modules("proofs")
        autodiscover_modules("periods")
        # Once a migrate, when all tables are there: the signal comes for every app.
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="portal.cases.guards")
        checks.register(check_guards, checks.Tags.database)
