"""django.db.backends.sqlite3, sealing."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base, operations

from portal.ledger.backends.wrapper import SealingWrapper


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "portal.ledger.backends.sqlite3.compiler"


class DatabaseWrapper(SealingWrapper, base.DatabaseWrapper):
    ops_class: Any = DatabaseOperations
