"""The process that makes one copy: limits first, then the work; a frame of JSON and bytes in, one out.

Frame: eight bytes of lengths (head, body, big-endian), the head as JSON, the body. Status in the head: "made",
"refused" (a sentence), "unproven" (places).
"""

from __future__ import annotations

import json
import struct
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from portal.jobs.children import answers, bound

MEMORY = 2 * 1024**3
CPU_SECONDS = 540


def frame(head: dict[str, Any], body: bytes) -> bytes:
    """One frame."""
    words = json.dumps(head, ensure_ascii=False).encode()
    return struct.pack(">II", len(words), len(body)) + words + body


def unframe(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Head and body of a frame. Raises ValueError for half a frame."""
    if len(data) < 8:
        raise ValueError("no frame")
    first, second = struct.unpack(">II", data[:8])
    if len(data) != 8 + first + second:
        raise ValueError("half a frame")
    head: dict[str, Any] = json.loads(data[8 : 8 + first])
    return head, data[8 + first :]


def main() -> None:
    """Read a job from standard input, write its answer to standard output."""
    bound(MEMORY, CPU_SECONDS)
    out = answers()
    head, data = unframe(sys.stdin.buffer.read())
    out.write(answer(head, data))
    out.flush()


def answer(head: dict[str, Any], data: bytes) -> bytes:
    """The frame that answers a job."""
    from portal.redaction.making import redact_here
    from portal.redaction.orders import Box, CannotRedact, NotProven, Orders, Word

    orders = Orders(
        tuple(
            Box(int(page), (box[0], box[1], box[2], box[3]), ground) for page, box, ground in head["boxes"]
        ),
        tuple(Word(text, ground) for text, ground in head["words"]),
        {int(page): ground for page, ground in head["pages"]},
        tuple(head["sealed"]),
    )
    hidden = None if head["hidden"] is None else frozenset(head["hidden"])
    font = Path(head["font"]) if head["font"] else None
    try:
        made = redact_here(data, orders, hidden=hidden, font=font, machine_reads=head["machine_reads"])
    except NotProven as error:
        return frame({"status": "unproven", "places": list(error.places)}, b"")
    except CannotRedact as error:
        return frame({"status": "refused", "sentence": error.sentence}, b"")
    except MemoryError:
        return frame({"status": "refused", "sentence": "文件过大，无法在限定的内存内处理，请拆分后上传"}, b"")
    told = {
        "status": "made",
        "withheld": [asdict(row) for row in made.withheld],
        "pictured": list(made.pictured),
        "pages": made.pages,
        "proof": asdict(made.proof),
    }
    return frame(told, made.data)


if __name__ == "__main__":
    main()
