"""The public way in: every copy is made by a process of its own with limits of memory and time."""

from __future__ import annotations

import subprocess  # nosec B404: our own interpreter, no shell
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.jobs.children import bare_environment
from portal.redaction.child import frame, unframe
from portal.redaction.making import find_all_here
from portal.redaction.orders import CannotRedact, NotProven, Orders, Place, Proof, Redacted, Withheld

WALL_SECONDS = 600
MOST_BYTES = 100 * 1024 * 1024
TOO_MUCH = "文件过大或者过于复杂，无法在限定的时间和内存内处理，请拆分后上传"


def redact(
    data: bytes,
    orders: Orders,
    *,
    hidden: frozenset[int] | None = None,
    machine_reads: bool = True,
) -> Redacted:
    """A new PDF without what the orders withhold, proven; `data` is a PDF, JPEG or PNG of at most 100 MB.

    Pages with boxes or found words, whole withheld pages, and `hidden` pages become pictures at 200 dots an
    inch with an invisible text layer of what remains; the others keep their text. `hidden`, pages with text
    that nobody sees, is found out by an inspection where it is None. `machine_reads`: have the pictures
    read by tesseract too, where it is installed.

    Raises CannotRedact (encrypted, broken, too large, a place that is not in the file) and NotProven (its
    `places` say where something is still found); both carry a sentence for the clerk.
    """
    if not data or len(data) > MOST_BYTES:
        raise CannotRedact("文件是空的或者过大")
    head = {
        "boxes": [[box.page, list(box.rectangle), box.ground] for box in orders.boxes],
        "words": [[word.text, word.ground] for word in orders.words],
        "pages": [[page, ground] for page, ground in orders.pages.items()],
        "sealed": list(orders.sealed),
        "hidden": None if hidden is None else sorted(hidden),
        "font": str(_label_font() or ""),
        "machine_reads": machine_reads,
    }
    told, body = _asked(frame(head, data))
    if told["status"] == "unproven":
        raise NotProven(tuple(told["places"]))
    if told["status"] != "made":
        raise CannotRedact(told["sentence"])
    proof = told["proof"]
    return Redacted(
        body,
        tuple(_row(row) for row in told["withheld"]),
        tuple(told["pictured"]),
        told["pages"],
        Proof(tuple(proof["readers"]), tuple(proof["read_pages"]), proof["words"]),
    )


def find_all(data: bytes, *words: str) -> tuple[Place, ...]:
    """Where words stand in a PDF, page by page: blanks, width, case and the separators within numbers do not count.

    A picture has no text and gives none. Raises CannotRedact.
    """
    return find_all_here(data, words)


def _label_font() -> Path | None:
    found = Path(settings.PORTAL_FONT_DIR) / "hei.otf"
    return found if found.is_file() else None


def _row(row: dict[str, Any]) -> Withheld:
    box = row["rectangle"]
    place = (box[0], box[1], box[2], box[3]) if box else None
    return Withheld(row["page"], row["ground"], row["signs"], place, row["whole_page"])


def _asked(job: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        done = subprocess.run(  # nosec B603: fixed arguments
            [sys.executable, "-m", "portal.redaction.child"],
            input=job,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=settings.BASE_DIR,
            env=bare_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise CannotRedact(TOO_MUCH) from error
    try:
        return unframe(done.stdout)
    except ValueError as error:
        raise CannotRedact(TOO_MUCH) from error
