"""Reading a stranger's mail in bounded time: by a warm child process that is ended when a mail costs too much."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import struct
import subprocess  # nosec B404: our own interpreter, no shell
import sys
import threading
import time
from typing import Any

from django.conf import settings

from portal.jobs.children import bare_environment
from portal.postbox.child import DONE, FAILED
from portal.postbox.reader.values import Attachment, LeftOut, ParsedMail

READER = "portal.postbox.parsing.parse"
# With the start of the next child a hostile mail costs less than two seconds.
SECONDS = 1.2
MEGABYTES = 2048
# The clock on the wall bounds only a process that stands still; processor time is what a hostile mail costs.
WALL_SECONDS = 60.0
MOST_BYTES = 80 * 1024 * 1024
RECYCLE_AFTER = 2000


class MailUnreadable(ValueError):
    """The mail could not be read; the sentence is for the letter office."""


class MailReader:
    """One child process; mails are taken one at a time. `reader` is the dotted name of what reads."""

    def __init__(
        self, reader: str = READER, *, seconds: float = SECONDS, wall_seconds: float = WALL_SECONDS
    ) -> None:
        self._arguments = [reader, str(seconds), str(MEGABYTES)]
        self._wall = wall_seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = self._served = 0

    def read(self, raw: bytes) -> ParsedMail:
        """The mail as plain values. Raises MailUnreadable; the next mail is read as if nothing had been."""
        if len(raw) > MOST_BYTES:
            raise MailUnreadable(f"邮件超过{MOST_BYTES // 1024 // 1024} MB，没有读取")
        with self._lock:
            child = self._ready()
            try:
                return self._ask(child, raw)
            except (BrokenPipeError, EOFError) as error:
                raise MailUnreadable(self._why_ended()) from error
            finally:
                self._served += 1
                if self._served >= RECYCLE_AFTER:
                    self.stop()

    def stop(self) -> None:
        """End the child."""
        child, self._child, self._served = self._child, None, 0
        if child is not None and self._owner == os.getpid():
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()

    def _ask(self, child: subprocess.Popen[bytes], raw: bytes) -> ParsedMail:
        assert child.stdin is not None
        child.stdin.write(struct.pack(">Q", len(raw)) + raw)
        child.stdin.flush()
        deadline = time.monotonic() + self._wall
        status, head = self._answer(child, deadline)
        if status == FAILED:
            self.stop()
            raise MailUnreadable(f"邮件结构无法识别（{head.decode('ascii', 'replace')}）")
        assert status == DONE
        values = json.loads(head)
        files = [
            Attachment(e["name"], self._read(child, e["size"], deadline), e["media_type"], e["inline"])
            for e in values["attachments"]
        ]
        return _unpacked(values, files)

    def _why_ended(self) -> str:
        """Why the child is gone; it is put away."""
        child = self._child
        code = child.wait() if child is not None and child.poll() is not None else None
        self.stop()
        if code == -signal.SIGPROF or code is None:
            return "读取邮件用时过长，已经停止"
        return "读取邮件的进程意外终止"

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._owner != os.getpid() or self._child.poll() is not None):
            self.stop()
        if self._child is None:
            self._child = subprocess.Popen(  # nosec B603: fixed arguments
                [sys.executable, "-m", "portal.postbox.child", *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=settings.BASE_DIR,
                env=bare_environment(),
            )
            self._owner = os.getpid()
            self._answer(self._child, time.monotonic() + self._wall)
        return self._child

    def _answer(self, child: subprocess.Popen[bytes], deadline: float) -> tuple[bytes, bytes]:
        head = self._read(child, 9, deadline)
        (length,) = struct.unpack(">Q", head[1:])
        return head[:1], self._read(child, length, deadline)

    def _read(self, child: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
        assert child.stdout is not None
        pieces: list[bytes] = []
        while count > 0:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([child.stdout], [], [], left)[0]:
                raise EOFError
            piece = os.read(child.stdout.fileno(), min(count, 1 << 20))
            if not piece:
                child.wait()
                raise EOFError
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)


def _unpacked(values: dict[str, Any], files: list[Attachment]) -> ParsedMail:
    plain = values | {
        "attachments": tuple(files),
        "left_out": tuple(LeftOut(**entry) for entry in values["left_out"]),
        "headers": tuple((name, value) for name, value in values["headers"]),
    }
    lists = ("references", "recipients", "returned")
    return ParsedMail(**(plain | {name: tuple(values[name]) for name in lists}))


_reader: MailReader | None = None


def read(raw: bytes) -> ParsedMail:
    """The mail behind these bytes, by this process's own warm child. Raises MailUnreadable."""
    global _reader
    if _reader is None:
        _reader = MailReader()
        atexit.register(_reader.stop)
    return _reader.read(raw)
