"""The virus scanner: clamd by its INSTREAM command, over a socket file or TCP (clamd(8)).

A file that the scanner did not read to its end is not clean: an answer other than OK or FOUND, a closed
connection and silence all mean that the scanner is away, and whoever asked tries again later.
"""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass
from typing import Any

from django.conf import settings

PIECE = 64 * 1024
SECONDS = 60.0
LONGEST_ANSWER = 4096
OFF, AWAY, CLEAN, FOUND = "off", "away", "clean", "found"
_VERSION = re.compile(r"ClamAV\s+([^/\s]+)/(\d+)/(.+)")


class ScannerAway(RuntimeError):
    """The scanner is set up and does not answer; the file stays in quarantine and is scanned later."""


@dataclass(frozen=True)
class Scan:
    """What the scanner says: OFF (none is set up), AWAY, CLEAN, or FOUND with the signature's name."""

    state: str
    signature: str = ""


@dataclass(frozen=True)
class Health:
    """The scanner as the system page shows it; `database` is the number of its signatures' version."""

    state: str
    program: str = ""
    database: str = ""
    built: str = ""


def scan(data: bytes) -> Scan:
    """Have clamd read bytes. Never raises; a scanner that does not answer gives AWAY."""
    address = settings.PORTAL_CLAMD
    if not address:
        return Scan(OFF)
    try:
        answer = _asked(address, b"zINSTREAM\0", data)
    except (OSError, ValueError):
        return Scan(AWAY)
    if answer.endswith(" FOUND"):
        return Scan(FOUND, answer.removesuffix(" FOUND").rpartition(": ")[2])
    return Scan(CLEAN if answer == "stream: OK" else AWAY)


def health() -> Health:
    """If the scanner answers and with which signatures; a clamd without signatures counts as away."""
    address = settings.PORTAL_CLAMD
    if not address:
        return Health(OFF)
    try:
        answer = _asked(address, b"zVERSION\0", None)
    except (OSError, ValueError):
        return Health(AWAY)
    match = _VERSION.match(answer)
    if match is None:
        # Signatures of one's own have no number: then only reading something proves that it works.
        return Health(CLEAN if scan(b"portal").state == CLEAN else AWAY, answer[:40])
    return Health(CLEAN, match.group(1), match.group(2), match.group(3).strip())


def _asked(address: str, command: bytes, data: bytes | None) -> str:
    with _connected(address) as line:
        line.sendall(command)
        if data is not None:
            try:
                for start in range(0, len(data), PIECE):
                    piece = data[start : start + PIECE]
                    line.sendall(struct.pack(">I", len(piece)) + piece)
                line.sendall(struct.pack(">I", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # too large for clamd: it has answered and closed, and the answer says so
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            piece = line.recv(LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()


def _connected(address: str) -> Any:
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.removeprefix("tcp:").removeprefix("//").rpartition(":")
    return socket.create_connection((host.strip("[]") or "127.0.0.1", int(port)), timeout=SECONDS)
