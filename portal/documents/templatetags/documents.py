"""Tags of the document templates: plain text in, safe text with rare characters marked out."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.documents.render.faces import split_rare

register = template.Library()


@register.simple_tag
def rare(value: object) -> SafeString:
    """Text whose rare characters are drawn by another face without breaking the line grid."""
    parts = split_rare(str(value), settings.PORTAL_FONT_DIR)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="rare">{}</span>', text) if is_rare else text,)
            for text, is_rare in parts
        ),
    )


@register.simple_tag
def paragraphs(value: object) -> SafeString:
    """One paragraph for each line of a text; blank lines are dropped."""
    lines = [line.strip() for line in str(value).splitlines()]
    return format_html_join("\n", "<p>{}</p>", ((rare(line),) for line in lines if line))
