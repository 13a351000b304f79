"""The one field that only this app's forms use; the rest are the house's."""

from __future__ import annotations

from django import forms


def mark_field(label: str, lowest: str, highest: str) -> forms.TypedChoiceField:
    """A mark from 1 to 5."""
    words = {1: f"1分（{lowest}）", 5: f"5分（{highest}）"}
    return forms.TypedChoiceField(
        label=label,
        choices=[(mark, words.get(mark, f"{mark}分")) for mark in range(5, 0, -1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": f"请选择{label}的评分", "invalid_choice": "请选择1至5分"},
    )
