"""The form of an item's parts, made from their declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from notices import structures
from notices.structures import Part, Structure
from portal.web.fields import choice_field, text_field


class StructureForm(forms.Form):
    """A field for each part; what is wrong in it is said by the action."""

    def __init__(self, *args: Any, structure: Structure, kept: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initial = structures.typed(structure, kept)
        for part in structure.parts:
            field = _field(part)
            field.initial = initial[part.name]
            self.fields[part.name] = field


def _field(part: Part) -> forms.Field:
    if part.sort == structures.CHOICE:
        return choice_field(part.label, part.options)
    rows = {structures.LINES: 5, structures.TABLE: 6, structures.TEXT: 5}.get(part.sort, 0)
    most = structures.MOST_TEXT if rows else 200
    hint = part.hint
    if part.sort == structures.NUMBER:
        hint = "整数，当场办结的填 0。"
    return text_field(part.label, most, rows=rows, required=part.required, help_text=hint)
