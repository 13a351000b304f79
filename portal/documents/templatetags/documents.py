"""The tag of the document templates: plain text in, safe text out."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def paragraphs(value: object) -> SafeString:
    """One paragraph for each line of a text; blank lines are dropped."""
    lines = [line.strip() for line in str(value).splitlines()]
    return format_html_join("\n", "<p>{}</p>", ((line,) for line in lines if line))
