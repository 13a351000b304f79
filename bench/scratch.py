"""A scratch database and a real server for the benchmarks that need them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE = "a1f3e6d"


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def scratch(root: Path = ROOT) -> Iterator[dict[str, str]]:
    """The environment of a migrated scratch SQLite database; gone afterwards. `root` is the code that migrates it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "PORTAL_FILES_DIR": f"{folder}/files",
            "PORTAL_SEARCH_DIR": f"{folder}/search",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        manage(env, "migrate", "-v", "0", root=root)
        manage(env, "load_organisation", root=root)
        yield env


def manage(env: dict[str, str], *command: str, root: Path = ROOT) -> None:
    """Run a management command there."""
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=root, env=env, check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def base() -> Iterator[Path]:
    """The commit that figures are compared with, checked out; gone afterwards. CalledProcessError without history."""
    with tempfile.TemporaryDirectory(prefix="bench-base-") as folder:
        path = Path(folder) / "portal"
        subprocess.run(
            ["git", "worktree", "add", "--detach", "--quiet", str(path), BASE], cwd=ROOT, check=True
        )
        try:
            yield path
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(path)], cwd=ROOT, check=True)


@contextmanager
def server(env: dict[str, str], application: str) -> Iterator[str]:
    """A granian with one worker serving a WSGI application; gives its address."""
    with serving(env, application) as (address, _):
        yield address


@contextmanager
def serving(
    env: dict[str, str], application: str, *, root: Path = ROOT, workers: int = 1
) -> Iterator[tuple[str, int]]:
    """The same over the code in `root`, with so many workers; gives its address and its process."""
    port = free_port()
    granian = Path(sys.executable).parent / "granian"
    program = subprocess.Popen(
        [
            str(granian), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers),
            "--blocking-threads", "1", "--backpressure", "64", "--log-level", "error", application,
        ],
        cwd=root, env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=2)
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError("the server did not come up")
        yield address, program.pid
    finally:
        program.terminate()
        program.wait(15)


@contextmanager
def engines(root: Path = ROOT) -> Iterator[list[tuple[str, dict[str, str]]]]:
    """SQLite, and a PostgreSQL of our own where its programs are."""
    import postgres  # type: ignore[import-not-found]  # a script beside the runner

    with scratch(root) as env:
        try:
            with postgres.temporary_postgres() as url:
                other = {**env, "DATABASE_URL": url}
                other["PORTAL_SEARCH_DIR"] += "-postgresql"
                manage(other, "migrate", "-v", "0", root=root)
                manage(other, "load_organisation", root=root)
                yield [("sqlite", env), ("postgresql", other)]
        except postgres.PostgresMissing as missing:
            print(f"bench: PostgreSQL NOT RUN: {missing}", flush=True)
            yield [("sqlite", env)]
