"""Tokens as letters to be sent out: a page for each, with the address and how to take part."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from consultations.polls.models import Poll
from portal.core.numbering import grouped
from portal.documents.joining import join
from portal.documents.render.pages import qr
from portal.documents.render.worker import render_pdf

MOST_LETTERS = 500
AT_ONCE = 50


def token_letters(case: Poll, tokens: Sequence[str]) -> bytes:
    """One PDF with a letter for each token, drawn in batches that the renderer's time allows.

    Raises ValueError for more than MOST_LETTERS.
    """
    if len(tokens) > MOST_LETTERS:
        raise ValueError("too many letters")
    address = settings.SITE_URL + reverse("polls:detail", args=[case.public_id])
    parts = []
    for start in range(0, len(tokens), AT_ONCE):
        context = {
            "case": case,
            "address": address.removeprefix("https://").removeprefix("http://"),
            "qr": qr(address),
            "tokens": [grouped(token) for token in tokens[start : start + AT_ONCE]],
        }
        parts.append(render_pdf(render_to_string("documents/poll_letters.html", context)))
    return join(parts, f"{case.title}：参与码通知信")
