"""Model fields whose value is sealed in the database."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from portal.privacy.crypto import seal, unseal
from portal.privacy.personal import Personal


class EmptyOnly(Exact):
    """The one comparison that a sealed field allows: is it empty?"""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "":
            raise FieldError("a sealed field can only be compared with the empty text")
        super().__init__(lhs, rhs)


class SealedTextField(models.TextField):
    """Text that is encrypted in its column; "" stays "". It cannot be filtered on.

    `personal` says what it tells of a person (portal.privacy.personal); no migration depends on it.
    """

    def __init__(self, *args: Any, personal: Personal | None = None, **kwargs: Any) -> None:
        self.personal = personal
        super().__init__(*args, **kwargs)

    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal(text.encode(), self._context()) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value, self._context()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return EmptyOnly
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: look it up by its blind index")
        return super().get_lookup(lookup_name)


class SealedJSONField(SealedTextField):
    """A JSON value that is encrypted in its column."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        return seal(json.dumps(value, ensure_ascii=False, sort_keys=True).encode(), self._context())

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return json.loads(unseal(value, self._context())) if value else None

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:
        return str(self.value_from_object(obj))
