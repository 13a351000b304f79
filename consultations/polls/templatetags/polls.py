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
def bar(count: int, question: dict[str, Any]) -> dict[str, Any]:
    """A bar as long as its share, in thousandths of a full one; a full bar is everybody who answered.

    Of a ranking, where points are counted, a full bar is an option that everybody put first.
    """
    full = question["answered"] * (len(question["options"]) if question["kind"] == "ranking" else 1)
    return {"width": round(min(count / full, 1) * 1000) if full else 0}
