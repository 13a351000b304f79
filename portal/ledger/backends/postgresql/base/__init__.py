"""django.db.backends.postgresql, sealing."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base, operations

from portal.ledger.backends.wrapper import SealingWrapper


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "portal.ledger.backends.postgresql.compiler"


class DatabaseWrapper(SealingWrapper, base.DatabaseWrapper):
    ops_class: Any = DatabaseOperations
