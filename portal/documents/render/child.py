"""The render process: reads framed pages from standard input, writes framed PDFs to standard output.

Frame: one status byte (P page in, K for a PDF out, E for an error out), four bytes of length, the bytes.
Limits are set before the first page: address space, and CPU seconds that grow with each page.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import struct
import sys
from pathlib import Path

from portal.jobs.children import answers, bound

MEMORY = 3 * 1024**3
CPU_PER_PAGE = 20
COLLECT_EVERY = 10


def _read(count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = sys.stdin.buffer.read(count - len(data))
        if not piece:
            os._exit(0)
        data += piece
    return data


def main() -> None:
    """Serve pages until standard input closes."""
    bound(MEMORY)
    out = answers()
    from portal.documents.render.engine import Engine

    engine = Engine(Path(sys.argv[1]))
    gc.collect()
    gc.freeze()
    gc.disable()
    served = 0
    trim = ctypes.CDLL(None).malloc_trim  # give freed memory back: letters come one after another for days
    out.write(b"R" + struct.pack(">I", 0))
    out.flush()
    while True:
        status = _read(1)
        (length,) = struct.unpack(">I", _read(4))
        body = _read(length)
        if status != b"P":
            continue
        used = resource.getrusage(resource.RUSAGE_SELF)
        allowance = int(used.ru_utime + used.ru_stime) + CPU_PER_PAGE + 1
        resource.setrlimit(resource.RLIMIT_CPU, (allowance, resource.RLIM_INFINITY))
        try:
            answer, data = b"K", engine.render(body.decode())
        except Exception as error:  # the boundary of the process: every failure becomes a frame
            answer, data = b"E", f"{type(error).__name__}: {error}".encode()[:2000]
        out.write(answer + struct.pack(">I", len(data)) + data)
        out.flush()
        served += 1
        if served % COLLECT_EVERY == 0:
            gc.collect()
            trim(0)


if __name__ == "__main__":
    main()
