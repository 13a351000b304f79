"""kill -9 in the middle of submissions: what was acknowledged is there, once; what was retried is not doubled."""

from __future__ import annotations

import http.client
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.requests_app import IDENTITY, NAME, PHONE

pytestmark = pytest.mark.slow
ROOT = Path(settings.BASE_DIR)
CLIENTS, SUBMISSIONS, KILLS = 6, 60, 5
BODY: dict[str, Any] = {
    "unit": {"unit": "city-office"},
    "who": {"applicant_kind": "citizen"},
    "person": {"name": NAME, "identity_kind": "resident", "identity_number": IDENTITY},
    "contact": {"phone": PHONE},
    "information": {"information_name": "老旧小区改造清单"},
    "receive": {"form_wanted": "electronic", "delivery": "online"},
}


@pytest.fixture
def database_url(tmp_path: Path, db: None) -> Iterator[str]:
    """A database of the server's own, on the engine that this run tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/server.sqlite3"
        return
    import psycopg

    config = connection.settings_dict
    name = f"killed_{secrets.token_hex(4)}"
    login = {
        "host": config["HOST"],
        "port": config["PORT"],
        "user": config["USER"],
        "password": config["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    yield f"postgres://{login['user']}:{login['password']}@{login['host']}:{login['port']}/{name}"
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Server:
    """granian with two workers in a process group of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        granian = Path(sys.executable).parent / "granian"
        self.program = subprocess.Popen(
            [str(granian), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "2",
             "--log-level", "critical", "portal.wsgi:application"],
            cwd=ROOT, env=self.env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(300):
            if self.ask("GET", "/healthz") is not None:
                return
            time.sleep(0.1)
        raise RuntimeError("the server did not come up")

    def kill(self) -> None:
        """SIGKILL for the whole group, which only this test started."""
        if self.program is not None:
            os.killpg(self.program.pid, signal.SIGKILL)
            self.program.wait()

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any] | None:
        """Status and JSON of an answer; None if the connection broke."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Content-Type": "application/json", "Idempotency-Key": key}
            link.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = link.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            link.close()


@contextmanager
def running(env: dict[str, str]) -> Iterator[Server]:
    """A server that is gone afterwards."""
    server = Server(env)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def manage(env: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """A management command on the server's database."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_killed_server_loses_nothing_acknowledged_and_doubles_nothing(
    database_url: str, tmp_path: Path
) -> None:
    env = {
        **os.environ, "DATABASE_URL": database_url, "PORTAL_ENV": "test", "PORTAL_FILES_DIR": str(tmp_path / "files"),
    }  # fmt: skip
    assert manage(env, "migrate", "-v", "0").returncode == 0
    assert manage(env, "load_organisation").returncode == 0
    keys = [f"killed-server-key-{number:05d}" for number in range(SUBMISSIONS)]
    waiting, receipts, lock = list(keys), {}, threading.Lock()
    broken = 0

    with running(env) as server:

        def citizen() -> None:
            nonlocal broken
            while True:
                with lock:
                    if not waiting:
                        return
                    key = waiting.pop()
                while True:
                    answer = server.ask("POST", "/api/v1/requests/", BODY, key)
                    if answer is not None and answer[0] in (200, 201):
                        with lock:
                            receipts.setdefault(key, set()).add(
                                (answer[1]["number"], answer[1]["query_code"])
                            )
                        break
                    with lock:
                        broken += 1
                    time.sleep(0.05)
                time.sleep(0.15)

        citizens = [threading.Thread(target=citizen) for _ in range(CLIENTS)]
        for thread in citizens:
            thread.start()
        chooser = random.Random(9)
        for _ in range(KILLS):
            time.sleep(chooser.uniform(0.2, 0.6))
            server.kill()
            server.start()
        for thread in citizens:
            thread.join(120)
        again = {key: server.ask("POST", "/api/v1/requests/", BODY, key) for key in keys}

    assert broken > 0, "no submission was hit: the test would prove nothing"
    assert sorted(receipts) == keys
    assert [key for key, seen in receipts.items() if len(seen) != 1] == []
    for key, answer in again.items():
        assert answer is not None
        assert answer[0] == 200
        assert {(answer[1]["number"], answer[1]["query_code"])} == receipts[key]
    numbers = sorted(int(next(iter(seen))[0].rpartition("-")[2]) for seen in receipts.values())
    assert numbers == list(range(1, SUBMISSIONS + 1))
    proof = manage(env, "verify_ledger", "--json")
    assert proof.returncode == 0, proof.stdout + proof.stderr
    count = manage(
        env, "shell", "-v", "0", "-c", "from portal.cases.models import Case; print(Case.objects.count())"
    )
    assert count.stdout.strip() == str(SUBMISSIONS), count.stdout + count.stderr
