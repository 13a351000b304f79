"""An operation for migrations that make a whole app's tables at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """The tables of many models, whose classes are rendered once.

    Django renders every related model anew after each single change, which for a hundred tables that lead to one
    another takes the square of their number. The operations inside are what a migration of Django's own would list;
    a table is made from its model as it is after the last of them.
    """

    reduces_to_sql = True
    serialization_expand_args = ["operations"]  # Django's own name and shape

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """All models enter the state; what was rendered before them is forgotten."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """One table a model, with its later fields, constraints and indexes."""
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the tables, the last first."""
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel):
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `migrate --plan` shows."""
        return f"Create {sum(isinstance(one, CreateModel) for one in self.operations)} tables"
