"""Object stores for tests: a small one of our own that can be slow, silent or broken, and OpenStack Swift where it is wanted."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class SmallStore(ThreadingHTTPServer):
    """As much of S3 as the portal speaks, without looking at signatures; `fault` is "", "slow", "broken" or "refusing"."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Speaker)
        self.kept: dict[str, tuple[bytes, float]] = {}
        self.fault = ""
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Speaker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SmallStore

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self._faulty():
            return
        self.server.kept[self._key()] = (data, time.time())
        self._answer(200, b"", {"ETag": f'"{hashlib.md5(data).hexdigest()}"'})

    def do_GET(self) -> None:
        if self._faulty():
            return
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query or "prefix" in query:
            self._list(query.get("prefix", [""])[0])
            return
        self._object(body=True)

    def do_HEAD(self) -> None:
        if not self._faulty():
            self._object(body=False)

    def do_DELETE(self) -> None:
        if not self._faulty():
            self.server.kept.pop(self._key(), None)
            self._answer(204, b"")

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/").partition("/")[2]

    def _faulty(self) -> bool:
        self.server.asked.append(f"{self.command} {self._key()}")
        if self.server.fault == "slow":
            time.sleep(6)
        if self.server.fault == "broken":
            self.close_connection = True
            return True
        if self.server.fault == "refusing":
            self._answer(503, b"<Error><Code>ServiceUnavailable</Code></Error>")
            return True
        return False

    def _object(self, *, body: bool) -> None:
        found = self.server.kept.get(self._key())
        if found is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>" if body else b"")
            return
        data, at = found
        day = datetime.fromtimestamp(at, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        self._answer(200, data if body else b"", {"Last-Modified": day}, length=len(data))

    def _list(self, prefix: str) -> None:
        rows = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(data)}</Size>"
            f"<LastModified>{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}.000Z</LastModified></Contents>"
            for key, (data, at) in sorted(self.server.kept.items())
            if key.startswith(prefix)
        )
        self._answer(
            200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()
        )

    def _answer(
        self, status: int, data: bytes, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def small_store() -> Iterator[SmallStore]:
    """One that is gone afterwards."""
    server = SmallStore()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
