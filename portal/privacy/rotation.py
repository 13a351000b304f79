"""Sealing anew, with the newest key, whatever an older one sealed: while the portal runs, a piece at a time.

Each room declares its own pieces. One commits what it did before it yields, and finds what is left by looking, so that a run
that was killed is gone on with by starting it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from portal.privacy.crypto import PREFIX, SealBroken, own_prefix
from portal.privacy.fields import SealedTextField

CHUNK = 100


@dataclass
class Done:
    """How much was sealed anew, and what could not be opened."""

    again: int = 0
    broken: int = 0


Rewrite = Callable[[Done], Iterator[None]]
REWRITES: dict[str, Rewrite] = {}
# Whether a row is still what the portal wrote: one that is not is left as it is, so that it is not washed.
HOLDS: list[Callable[[type[models.Model], int], bool]] = []


def declare(title: str, rewrite: Rewrite) -> None:
    """Add a piece; called at import of an app's `rotations` module."""
    REWRITES[title] = rewrite


def sealed_fields(model: type[models.Model]) -> list[SealedTextField]:
    """The sealed fields of the model's own table."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, SealedTextField)]


def _fields(done: Done) -> Iterator[None]:
    for model in apps.get_models():
        if fields := sealed_fields(model):
            yield from _table(model, fields, done)


def _table(model: type[models.Model], fields: list[SealedTextField], done: Done) -> Iterator[None]:
    after = 0
    while keys := _old(model, fields, after):
        with transaction.atomic():
            for key in keys:
                _row(model, fields, key, done)
        after = keys[-1]
        yield


def _old(model: type[models.Model], fields: list[SealedTextField], after: int) -> list[int]:
    """The next rows of which something is sealed with an older key."""
    quote = connection.ops.quote_name
    any_key, ours = f"{PREFIX}.%", f"{own_prefix()}%"
    older = " OR ".join(
        f"({quote(str(f.column))} LIKE %s AND {quote(str(f.column))} NOT LIKE %s)" for f in fields
    )
    key = quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key} FROM {quote(model._meta.db_table)} WHERE {key} > %s AND ({older}) "  # noqa: S608
            f"ORDER BY {key} LIMIT {CHUNK}",
            [after, *([any_key, ours] * len(fields))],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _row(model: type[models.Model], fields: list[SealedTextField], key: int, done: Done) -> None:
    """Write the values again as they are now; the row is held meanwhile."""
    names = [field.name for field in fields]
    rows = model._base_manager.filter(pk=key).order_by()
    try:
        values: Any = rows.select_for_update().values(*names).first()
    except SealBroken:
        done.broken += 1
        return
    if values is not None and not all(holds(model, key) for holds in HOLDS):
        done.broken += 1
    elif values is not None:
        rows.update(**values)
        done.again += 1


declare("个人信息", _fields)


def rotate() -> Iterator[tuple[str, Done]]:
    """Do all pieces; gives each as often as it has come a step further."""
    for title, rewrite in REWRITES.items():
        done = Done()
        for _ in rewrite(done):
            yield title, done
        yield title, done
