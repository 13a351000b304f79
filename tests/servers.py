"""Portals that run as processes of their own: a database as the migrations leave it, granian, nginx and Redis."""

from __future__ import annotations

import http.client
import json
import os
import shlex
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

sys.path.insert(0, str(Path(settings.BASE_DIR) / "scripts"))
from check import production
from nginx_server import SITE, Nginx, NginxMissing, temporary_nginx
from postgres import free_port
from redis_server import RedisMissing, RedisServer, temporary_redis

ROOT = Path(settings.BASE_DIR)
START_SECONDS = 40
PREPARE = """
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
call_command("load_organisation", verbosity=0)
"""


def manage(env: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """A management command in that environment."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


class Granian:
    """The portal's web server as deploy/systemd/portal-web.service starts it, in a process group of its own."""

    def __init__(self, env: dict[str, str], log: Path | None = None) -> None:
        self.env = env
        self.port = free_port()
        self._log = log
        self.program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers. Raises RuntimeError."""
        unit = (ROOT / "deploy" / "systemd" / "portal-web.service").read_text(encoding="utf-8")
        line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
        words = shlex.split(line.removeprefix("ExecStart="))
        words[0] = str(Path(sys.executable).parent / "granian")
        words[words.index("--port") + 1] = str(self.port)
        out = self._log.open("ab") if self._log else None
        self.program = subprocess.Popen(
            words,
            cwd=ROOT,
            env=self.env,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=out or subprocess.DEVNULL,
            stderr=out or subprocess.DEVNULL,
        )
        if out:
            out.close()
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.program.poll() is None:
            if self.ask("GET", "/healthz") is not None:
                return
            time.sleep(0.1)
        raise RuntimeError("the server did not come up")

    def kill(self) -> None:
        """SIGKILL for the whole group, which only the test started."""
        if self.program is not None and self.program.poll() is None:
            os.killpg(self.program.pid, signal.SIGKILL)
            self.program.wait()

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any] | None:
        """Status and JSON of an answer; None if the connection broke."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Content-Type": "application/json", "Idempotency-Key": key, "Host": self.host}
            link.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = link.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text.startswith((b"{", b"[")) else None
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            link.close()

    @property
    def host(self) -> str:
        """The name that it answers to."""
        return SITE if self.env.get("PORTAL_ENV") == "production" else f"127.0.0.1:{self.port}"


@contextmanager
def running(env: dict[str, str], log: Path | None = None) -> Iterator[Granian]:
    """A server that is gone afterwards."""
    server = Granian(env, log)
    try:
        server.start()
        yield server
    finally:
        server.kill()


class _Loopback(http.client.HTTPSConnection):
    """HTTPS to the loopback address under the site's name."""

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=SITE)  # type: ignore[attr-defined]


@dataclass
class Answer:
    """What came back; header names in small letters."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Deployed:
    """The portal as the samples of deploy/ put it up: nginx, granian in production, Redis behind."""

    nginx: Nginx
    granian: Granian
    redis: RedisServer
    env: dict[str, str]
    log: Path
    jar: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, headers: dict[str, str] | None = None, **more: Any) -> Answer:
        """A GET over TLS."""
        return self.ask("GET", path, headers=headers, **more)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 20,
    ) -> Answer:
        """One request over TLS, on a connection of its own."""
        context = ssl.create_default_context(cafile=str(self.nginx.certificate))
        link = _Loopback("127.0.0.1", self.nginx.https, timeout=timeout, context=context)
        try:
            link.request(method, path, body, {"Host": SITE, **(headers or {})})
            answer = link.getresponse()
            pairs = answer.getheaders()
            return Answer(
                answer.status,
                {name.lower(): value for name, value in pairs},
                [value for name, value in pairs if name.lower() == "set-cookie"],
                answer.read(),
            )
        finally:
            link.close()

    def raw(self, data: bytes, *, timeout: float = 20, server_name: str = SITE) -> bytes:
        """Bytes as they are, over TLS, and all that comes back until the other side hangs up or the time is over."""
        import socket

        context = ssl.create_default_context(cafile=str(self.nginx.certificate))
        with (
            socket.create_connection(("127.0.0.1", self.nginx.https), timeout=timeout) as plain,
            context.wrap_socket(plain, server_hostname=server_name) as link,
        ):
            link.sendall(data)
            got = b""
            try:
                while part := link.recv(65536):
                    got += part
            except (TimeoutError, ssl.SSLError, ConnectionError):
                pass
            return got


@contextmanager
def deployed_portal(url: str, folder: Path) -> Iterator[Deployed]:
    """nginx, granian in production and Redis on a migrated database; skips, saying so, where one is not to be had."""
    try:
        with temporary_redis() as redis:
            env = {
                **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
                **production(str(folder)),
                "DATABASE_URL": url,
                "PORTAL_FILES_DIR": str(folder / "files"),
                "PORTAL_FONT_DIR": str(settings.PORTAL_FONT_DIR),
                "PORTAL_REDIS_URL": redis.url,
                "PORTAL_TRUSTED_PROXY_COUNT": "1",
                "DJANGO_SETTINGS_MODULE": "portal.settings",
            }
            prepared = manage(env, "shell", "-v0", "-c", PREPARE)
            assert prepared.returncode == 0, prepared.stderr
            log = folder / "granian.log"
            with running(env, log) as granian, temporary_nginx(granian.port, folder / "static") as nginx:
                yield Deployed(nginx, granian, redis, env, log)
    except (NginxMissing, RedisMissing) as missing:
        pytest.skip(f"DEPLOYMENT TESTS NOT RUN: {missing}")
