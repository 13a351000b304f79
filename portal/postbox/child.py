"""The process in which strangers' mails are read; run as `python -m portal.postbox.child READER SECONDS MEGABYTES`.

It holds no key and opens no file. Each mail has its own processor time: when it is used up the kernel ends the process,
wherever it stands, in C code too; memory is bounded for all. Kept warm between mails, because starting costs more.
"""

from __future__ import annotations

import json
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import BinaryIO

from portal.jobs.children import bound
from portal.postbox.reader.values import ParsedMail

READY, DONE, FAILED = b"R", b"D", b"E"
MEGABYTE = 1024 * 1024
# Honest mails with large files may take longer, in proportion.
FREE_BYTES, SECONDS_PER_MEGABYTE = 4 * MEGABYTE, 0.1


def _take(source: BinaryIO, count: int) -> bytes:
    data = source.read(count)
    if len(data) < count:
        raise EOFError
    return data


def _answer(target: BinaryIO, status: bytes, head: bytes, blobs: tuple[bytes, ...] = ()) -> None:
    target.write(status + struct.pack(">Q", len(head)) + head)
    for blob in blobs:
        target.write(blob)
    target.flush()


def packed(mail: ParsedMail) -> tuple[bytes, tuple[bytes, ...]]:
    """A mail as JSON, and the bytes of its files apart."""
    blobs = tuple(entry.data for entry in mail.attachments)
    files = [
        {"name": e.name, "size": len(e.data), "media_type": e.media_type, "inline": e.inline}
        for e in mail.attachments
    ]
    values = asdict(mail) | {"attachments": files}
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace"), blobs


def serve(reader: Callable[[bytes], ParsedMail], seconds: float) -> None:
    """Read mails from standard input until it ends."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    _answer(target, READY, b"")
    while True:
        try:
            (length,) = struct.unpack(">Q", _take(source, 8))
            raw = _take(source, length)
        except EOFError:
            return
        more = max(0, len(raw) - FREE_BYTES) / MEGABYTE * SECONDS_PER_MEGABYTE
        signal.setitimer(signal.ITIMER_PROF, seconds + more)
        try:
            head, blobs = packed(reader(raw))
            status = DONE
        except MemoryError:
            head, blobs, status = b"MemoryError", (), FAILED
        except Exception as error:  # the boundary: whatever a stranger's bytes provoke is told to the office
            head, blobs, status = type(error).__name__.encode(), (), FAILED
        signal.setitimer(signal.ITIMER_PROF, 0)
        _answer(target, status, head, blobs)


def main() -> None:
    """Bound the process and serve."""
    module, _, name = sys.argv[1].rpartition(".")
    most = int(sys.argv[3]) * MEGABYTE
    bound(most)
    serve(getattr(import_module(module), name), float(sys.argv[2]))


if __name__ == "__main__":
    main()
