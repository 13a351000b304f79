"""Which tables and columns are bound: all of the portal's own but those in `unbound.py`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models

from portal.ledger.unbound import COLUMNS, TABLES

FOREIGN = ("django.", "allauth", "django_q", "rest_framework")


@dataclass(frozen=True)
class Table:
    """One bound table: its model, its primary key's columns, and every column that is sealed."""

    model: type[models.Model]
    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the table holds, in Chinese."""
        return str(self.model._meta.verbose_name)


def own_models() -> list[type[models.Model]]:
    """Every model with a table in an app of the portal, those between two models included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and not model._meta.app_config.name.startswith(FOREIGN)
    ]


@cache
def bound_tables() -> dict[str, Table]:
    """The bound tables by name."""
    found = {}
    for model in own_models():
        meta = model._meta
        if meta.label in TABLES:
            continue
        left_out = {column for label, column in COLUMNS if label == meta.label}
        keys = tuple(str(field.column) for field in meta.pk_fields)
        columns = tuple(
            str(field.column)
            for field in meta.local_concrete_fields
            if field.column and field.column not in left_out and field.column not in keys
        )
        found[meta.db_table] = Table(model, meta.db_table, keys, columns)
    return found
