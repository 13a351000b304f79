"""The rows that migrations wrote, put back after tests with real transactions have emptied the tables."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers import sort_dependencies
from django.db import connection, models, transaction

_rows: dict[type[models.Model], list[Any]] = {}
# Django's own handlers of post_migrate write these again.
_BY_DJANGO = ("contenttypes", "auth", "migrations")


def keep_migrated() -> None:
    """Remember every row there is now, before any test ran."""
    configs = [(app, None) for app in apps.get_app_configs() if app.label not in _BY_DJANGO]
    for model in sort_dependencies(configs):
        if model._meta.managed and not model._meta.proxy and model._base_manager.exists():
            _rows[model] = list(model._base_manager.all())
    assert _rows, "no migration has written a row"


def restore_migrated() -> None:
    """Write the remembered rows into the tables that are empty, and let the engine count on from them."""
    missing = [model for model in _rows if not model._base_manager.exists()]
    with transaction.atomic():
        for model in missing:
            model._base_manager.bulk_create(_rows[model])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), missing):
            cursor.execute(statement)
