"""A PostgreSQL of one's own for a test run: found or installed, started in a private folder, stopped again."""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from terminal import can_install, install_packages, say

# Below the range that the system hands out for outgoing connections.
PORTS = range(21000, 32000)
START_SECONDS = 30


class PostgresMissing(Exception):
    """PostgreSQL cannot be had here; the sentence says why."""


def programs() -> Path:
    """The folder with initdb and postgres; installs them as root on Debian. Raises PostgresMissing."""
    found = _find()
    if found is None and can_install():
        _keep_debian_from_starting_a_cluster()
        try:
            install_packages("postgresql")
        except SystemExit as error:
            raise PostgresMissing("PostgreSQL could not be installed") from error
        found = _find()
    if found is None:
        raise PostgresMissing(
            "no PostgreSQL on this machine and no root to install it (apt-get install postgresql)"
        )
    return found


def _find() -> Path | None:
    def version(path: Path) -> int:
        number = re.search(r"/(\d+)/bin$", str(path))
        return int(number[1]) if number else 0

    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    which = shutil.which("initdb")
    if which:
        folders.append(Path(which).resolve().parent)
    folders = [folder for folder in folders if (folder / "postgres").exists()]
    return max(folders, key=version, default=None)


def _keep_debian_from_starting_a_cluster() -> None:
    config = Path("/etc/postgresql-common/createcluster.conf")
    if not config.exists():
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text("create_main_cluster = false\n")


def _as_other_user(user: pwd.struct_passwd | None, command: list[str]) -> list[str]:
    if user is None:
        return command
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]


def _unprivileged() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the user to run it as, None for oneself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresMissing("running as root and no user postgres or nobody to run PostgreSQL as")


def free_port() -> int:
    """A port of PORTS that nobody listens on."""
    start = secrets.randbelow(len(PORTS))
    for offset in range(len(PORTS)):
        port = PORTS[(start + offset) % len(PORTS)]
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise PostgresMissing("no free port")


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """A running server's DATABASE_URL; the server and its folder are gone afterwards.

    It listens on the loopback address only, with a random password, and trades durability for speed.
    Raises PostgresMissing.
    """
    folder = programs()
    user = _unprivileged()
    password = secrets.token_hex(16)
    port = free_port()
    home = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    try:
        secret = home / "password"
        secret.write_text(password)
        for path in (home, secret):
            path.chmod(0o700 if path.is_dir() else 0o600)
            if user:
                os.chown(path, user.pw_uid, user.pw_gid)
        data = home / "data"
        _run(
            _as_other_user(
                user,
                [
                    str(folder / "initdb"),
                    "-D",
                    str(data),
                    "-U",
                    "portal",
                    "-A",
                    "scram-sha-256",
                    f"--pwfile={secret}",
                    "-E",
                    "UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                ],
            ),
            home,
        )
        secret.unlink()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": str(home),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 60,
            "shared_buffers": "128MB",
            "log_min_messages": "fatal",
        }
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                _as_other_user(user, [str(folder / "postgres"), "-D", str(data), *settings]),
                cwd=home,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        try:
            _wait(server, port, home)
            say(f"    PostgreSQL {folder.parent.name} on 127.0.0.1:{port}")
            yield f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(2)  # fast shutdown
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise PostgresMissing(
            f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-300:]}"
        )


def _wait(server: subprocess.Popen[bytes], port: int, home: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise PostgresMissing(f"PostgreSQL did not start: {(home / 'log').read_text(errors='replace')[-300:]}")
