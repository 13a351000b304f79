"""Marks as the desk's script sends and gets them, and a page's picture: for the staff's desk and for a party's page."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.core.errors import InvalidInput
from portal.files.responses import hand_out


def marks_told(marked: Any) -> dict[str, Any]:
    """What is withheld as JSON: version, boxes, words, whole pages, and who of the staff saved it."""
    who = marked.marked_by.get_full_name() if marked.marked_by is not None else ""
    return {"version": marked.marks_version, "by": who, **marked.marks}


def marks_sent(request: HttpRequest) -> tuple[int, dict[str, Any]]:
    """(the version that they were made from, the marks). Raises InvalidInput for what is no such JSON."""
    try:
        sent = json.loads(request.body)
        return int(sent["seen"]), dict(sent["marks"])
    except (ValueError, TypeError, KeyError):
        raise InvalidInput("请求格式不对") from None


def number_sent(value: str | None, otherwise: int = -1) -> int:
    """A small number that a form or an address brings; `otherwise` for anything else."""
    return int(value) if value and value.isdecimal() and len(value) < 9 else otherwise


def inline(jpeg: bytes) -> HttpResponse:
    """A page's picture, to be shown in the page."""
    response = hand_out(jpeg, "page.jpg", "image/jpeg")
    response["Content-Disposition"] = "inline"
    return response
