"""Bars and shares of a result, drawn by the server: no script, no style attribute."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def share(count: int, answered: int) -> str:
    """The share in per cent with one place, "0" for none."""
    return f"{count / answered * 100:.1f}" if answered else "0"


@register.inclusion_tag("polls/bar.html")
def bar(count: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A bar as long as the count beside the largest of the rows, in thousandths."""
    largest = max((row["count"] for row in rows), default=0)
    return {"width": round(count / largest * 1000) if largest else 0}
