"""Looking at a stranger's file from outside: every look is a process of its own with limits of memory and time."""

from __future__ import annotations

import subprocess  # nosec B404: our own interpreter, no shell
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from portal.core.errors import PortalError
from portal.jobs.children import bare_environment
from portal.redaction.child import frame, unframe

WALL_SECONDS = 45
TOO_MUCH = "文件过大或者过于复杂，无法在限定的时间和内存内打开，请拆分后上传"


class CannotLook(PortalError):
    """The file cannot be opened; the sentence says why and what to do."""


@dataclass(frozen=True)
class Look:
    """How many pages a file has, and if its first pages have words."""

    pages: int
    has_words: bool


@dataclass(frozen=True)
class Sheet:
    """A page as a picture, its words, and where the picture lies in the page's own space."""

    number: int
    jpeg: bytes
    width: int
    height: int
    space: list[float]
    text: str


def look(data: bytes) -> Look:
    """What a PDF is. Raises CannotLook: encrypted, broken, too much of it."""
    told, _ = _asked({"mode": "look"}, data)
    return Look(told["pages"], told["has_words"])


def sheets(data: bytes, first: int, last: int) -> list[Sheet]:
    """Pictures and words of these pages of a PDF. Raises CannotLook."""
    told, body = _asked({"mode": "pages", "first": first, "last": last}, data)
    found, at = [], 0
    for row in told["rows"]:
        jpeg = body[at : at + row["size"]]
        at += row["size"]
        found.append(
            Sheet(row["number"], jpeg, row["width"], row["height"], row["space"], row["text"].strip())
        )
    return found


def picture_as_pdf(data: bytes) -> bytes:
    """A JPEG or PNG as a PDF of one page, 200 dots an inch. Raises CannotLook."""
    return _asked({"mode": "pdf"}, data)[1]


def left_open(
    data: bytes, places: Sequence[Mapping[str, Any]], marks: Mapping[str, Any]
) -> list[tuple[int, int]]:
    """(signs in a place, those of them that the marks leave open) for each place of a PDF; a place without signs counts by
    its surface, in a hundred parts. Raises CannotLook."""
    told, _ = _asked({"mode": "left", "places": list(places), "marks": dict(marks)}, data)
    return [(whole, left) for whole, left in told["rows"]]


def _asked(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        done = subprocess.run(  # nosec B603: fixed arguments
            [sys.executable, "-m", "portal.records.child"],
            input=frame(head, data),
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=settings.BASE_DIR,
            env=bare_environment(),
        )
        told, body = unframe(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise CannotLook(TOO_MUCH) from error
    if "sentence" in told:
        raise CannotLook(told["sentence"])
    return told, body
