"""The warm path: one child process kept for all letters, replaced when it is slow or dies."""

from __future__ import annotations

import atexit
import os
import select
import struct
import subprocess  # nosec B404: our own interpreter, no shell
import sys
import threading
import time
from pathlib import Path

from django.conf import settings

from portal.jobs.children import bare_environment

WALL_SECONDS = 20.0
START_SECONDS = 30.0
RECYCLE_AFTER = 500


class RenderFailed(RuntimeError):
    """The page could not be rendered."""


class RenderTimeout(RenderFailed):
    """The page took too long or too much memory; the child was ended."""


class RenderWorker:
    """One child process; calls are taken one at a time."""

    def __init__(self, fonts: Path, wall_seconds: float = WALL_SECONDS, root: Path | None = None) -> None:
        self._fonts = fonts
        self._root = root or Path(settings.BASE_DIR)  # asked for here: children import this without settings
        self._wall = wall_seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._served = 0

    def render(self, html: str) -> bytes:
        """The PDF of a page; RenderTimeout or RenderFailed if there is none, and the next page works again."""
        with self._lock:
            child = self._ready()
            body = html.encode()
            try:
                assert child.stdin is not None
                child.stdin.write(b"P" + struct.pack(">I", len(body)) + body)
                child.stdin.flush()
                status, data = self._answer(child, self._wall)
            except (BrokenPipeError, EOFError) as error:
                self.stop()
                raise RenderTimeout("文书制作进程意外终止") from error
            self._served += 1
            if self._served >= RECYCLE_AFTER:
                self.stop()
            if status == b"E":
                raise RenderFailed(data.decode(errors="replace"))
            return data

    def stop(self) -> None:
        """End the child."""
        child, self._child, self._served = self._child, None, 0
        if child is not None and self._owner == os.getpid():
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is no child."""
        return self._child.pid if self._child is not None else None

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._owner != os.getpid() or self._child.poll() is not None):
            self.stop()
        if self._child is None:
            self._child = subprocess.Popen(  # nosec B603: fixed arguments
                [sys.executable, "-m", "portal.documents.render.child", str(self._fonts)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=self._root,
                env=bare_environment(),
            )
            self._owner = os.getpid()
            try:
                status, data = self._answer(self._child, START_SECONDS)
            except EOFError as error:
                self.stop()
                raise RenderFailed("文书制作进程无法启动，请运行 make setup 检查字体和系统库") from error
            if status != b"R":
                raise RenderFailed(data.decode(errors="replace"))
        return self._child

    def _answer(self, child: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bytes]:
        deadline = time.monotonic() + seconds
        head = self._read(child, 5, deadline)
        (length,) = struct.unpack(">I", head[1:])
        return head[:1], self._read(child, length, deadline)

    def _read(self, child: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
        assert child.stdout is not None
        data = b""
        while len(data) < count:
            left = deadline - time.monotonic()
            ready = left > 0 and select.select([child.stdout], [], [], left)[0]
            if not ready:
                self.stop()
                raise RenderTimeout("文书制作超时")
            piece = os.read(child.stdout.fileno(), min(count - len(data), 1 << 20))
            if not piece:
                raise EOFError
            data += piece
        return data


_worker: RenderWorker | None = None


def render_pdf(html: str) -> bytes:
    """The PDF of a page, by this process's own warm child."""
    global _worker
    if _worker is None:
        _worker = RenderWorker(Path(settings.PORTAL_FONT_DIR))
        atexit.register(_worker.stop)
    return _worker.render(html)
