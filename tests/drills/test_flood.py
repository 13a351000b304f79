"""One address asks for the dearest page, eighteen times a second, each time by another address: submissions go on."""

from __future__ import annotations

import os
import secrets
import threading
import time
from pathlib import Path

import pytest

from tests.integrity.test_killed_server import BODY, NO_LIMIT
from tests.servers import Granian, manage, running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif("PORTAL_DRILL" not in os.environ, reason="make drill runs it"),
]
SECONDS, CLIENTS, A_SECOND = 20.0, 2, 18


def handed_in(server: Granian, name: str) -> int:
    """How many requests are acknowledged in SECONDS."""
    end, done, lock = time.monotonic() + SECONDS, [0], threading.Lock()

    def citizen(number: int) -> None:
        count = 0
        while time.monotonic() < end:
            answer = server.ask("POST", "/api/v1/requests/", BODY, f"flood-{name}-{number}-{count:05d}")
            count += 1
            with lock:
                done[0] += answer is not None and answer[0] in (200, 201)

    threads = [threading.Thread(target=citizen, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done[0]


def test_submissions_keep_seven_tenths_of_their_rate(database_url: str, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "DATABASE_URL": database_url,
        "PORTAL_ENV": "test",
        "PORTAL_FILES_DIR": str(tmp_path / "files"),
        "PORTAL_FIGURES_SECONDS": "60",
    }
    assert manage(env, "load_organisation").returncode == 0
    assert manage(env, "shell", "-v", "0", "-c", NO_LIMIT).returncode == 0
    stop = threading.Event()

    def flood(server: Granian) -> None:
        while not stop.wait(1 / A_SECOND * 2):
            server.ask("GET", f"/statistics/?x={secrets.token_hex(4)}")

    with running(env) as server:
        handed_in(server, "warm")
        calm = handed_in(server, "calm")
        threads = [threading.Thread(target=flood, args=(server,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        flooded = handed_in(server, "flooded")
        stop.set()
        for thread in threads:
            thread.join()
    Path(os.environ["PORTAL_DRILL"], "flood.txt").write_text(
        f"acknowledged in {SECONDS:g} s: calm {calm}, flooded {flooded} ({flooded / calm:.2f})\n",
        encoding="utf-8",
    )
    assert flooded >= 0.7 * calm
