"""A Redis of one's own for a test run: found or installed, on the loopback address, with a password, in memory only."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postgres import free_port
from quiet_install import install_without_starting
from terminal import can_install

START_SECONDS = 20


class RedisMissing(Exception):
    """There is no Redis to be had here; the sentence says why."""


class RedisServer:
    """A server that can be frozen, thawed and killed; `url` names it with its password."""

    def __init__(self, program: str, home: Path) -> None:
        self.port = free_port()
        password = secrets.token_hex(16)
        self.url = f"redis://:{password}@127.0.0.1:{self.port}/0"
        self._config = home / "redis.conf"
        self._config.write_text(
            f'bind 127.0.0.1\nport {self.port}\nrequirepass {password}\nsave ""\nappendonly no\ndir {home}\n'
        )
        self._config.chmod(0o600)
        self._program = program
        self._log = home / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it listens. Raises RuntimeError."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [self._program, str(self._config)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"Redis did not start: {self._log.read_text(errors='replace')[-300:]}")

    def freeze(self) -> None:
        """It still takes connections but says nothing: what a broken network looks like."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """SIGKILL, and wait."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


def program() -> str:
    """The server's program; installs it as root on Debian. Raises RedisMissing."""
    found = _find()
    if found is None and can_install():
        try:
            install_without_starting("redis-server")
        except SystemExit as error:
            raise RedisMissing("Redis could not be installed") from error
        found = _find()
    if found is None:
        raise RedisMissing(
            "no Redis on this machine and no root to install it (apt-get install redis-server)"
        )
    return found


def _find() -> str | None:
    return shutil.which("redis-server", path="/usr/bin:/usr/local/bin:" + os.environ.get("PATH", ""))


@contextmanager
def temporary_redis() -> Iterator[RedisServer]:
    """A running, empty server; it and its folder are gone afterwards. Raises RedisMissing."""
    found = program()
    home = Path(tempfile.mkdtemp(prefix="portal-redis-"))
    server = RedisServer(found, home)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(home, ignore_errors=True)
