"""The web server is started anew on a socket that somebody else holds: no request fails."""

from __future__ import annotations

import http.client
import os
import shlex
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from tests.pristine import migrated_sqlite
from tests.servers import manage

ROOT = Path(settings.BASE_DIR)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.one_engine,
    pytest.mark.skipif("PORTAL_DRILL" not in os.environ, reason="make drill NAMES=upgrade"),
]
ROUNDS = int(os.environ.get("PORTAL_HAND_OVERS", "1"))


def served(held: socket.socket, env: dict[str, str]) -> subprocess.Popen[bytes]:
    """The unit's own command line, with the socket as systemd hands it over: descriptor 3, LISTEN_FDS, LISTEN_PID."""
    unit = (ROOT / "deploy/systemd/portal-web.service").read_text(encoding="utf-8")
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    words = shlex.split(line.removeprefix("ExecStart=/opt/portal/"))
    return subprocess.Popen(
        ["/bin/sh", "-c", f"export LISTEN_PID=$$; exec {shlex.join(words)}"],
        cwd=ROOT, env={**env, "LISTEN_FDS": "1"}, pass_fds=(3,), preexec_fn=lambda: os.dup2(held.fileno(), 3),
        start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def ask(port: int) -> int | str:
    """The status of an answer, or what broke."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        link.request("GET", "/requests/track/", headers={"Host": "127.0.0.1"})
        answer = link.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    finally:
        link.close()


@pytest.mark.django_db
def test_no_request_fails_while_the_web_server_is_started_anew(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "PORTAL_ENV": "development",
        "PORTAL_VAR_DIR": str(tmp_path),
        "PORTAL_FONT_DIR": str(settings.PORTAL_FONT_DIR),
        "DATABASE_URL": migrated_sqlite(tmp_path / "own.sqlite3"),
    }
    assert manage(env, "check").returncode == 0
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    held.listen(1024)
    port = held.getsockname()[1]
    answers: Counter[int | str] = Counter()
    over = threading.Event()

    def readers() -> None:
        while not over.is_set():
            answers[ask(port)] += 1

    program = served(held, env)
    threads = [threading.Thread(target=readers) for _ in range(3)]
    try:
        assert ask(port) == 200
        for thread in threads:
            thread.start()
        for _ in range(ROUNDS):
            time.sleep(1)
            program.send_signal(signal.SIGTERM)
            assert program.wait(30) == 0
            program = served(held, env)
            assert ask(port) == 200
    finally:
        over.set()
        for thread in threads:
            thread.join()
        os.killpg(program.pid, signal.SIGTERM)
        program.wait(30)
        held.close()
    assert set(answers) == {200}, answers
    assert answers[200] >= 10
    line = (
        f"promised: no request fails | seen: {answers[200]} answered, 0 failed, {ROUNDS} times started anew\n"
    )
    (Path(os.environ["PORTAL_DRILL"]) / "upgrade.txt").write_text(line, encoding="utf-8")
