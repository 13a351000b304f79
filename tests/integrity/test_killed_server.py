"""kill -9 in the middle of submissions: what was acknowledged is there, once; what was retried is not doubled."""

from __future__ import annotations

import os
import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.factories.requests_app import IDENTITY, NAME, PHONE
from tests.servers import manage, running

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NO_LIMIT = "from portal.web.models import GuestLimit; GuestLimit.objects.update(most=1000)"
CLIENTS, SUBMISSIONS, KILLS = 6, 60, 5
BODY: dict[str, Any] = {
    "unit": {"unit": "city-office"},
    "who": {"applicant_kind": "citizen"},
    "person": {"name": NAME, "identity_kind": "resident", "identity_number": IDENTITY},
    "contact": {"phone": PHONE},
    "information": {"information_name": "老旧小区改造清单"},
    "receive": {"form_wanted": "electronic", "delivery": "online"},
}


def test_killed_server_loses_nothing_acknowledged_and_doubles_nothing(
    database_url: str, tmp_path: Path
) -> None:
    env = {
        **os.environ, "DATABASE_URL": database_url, "PORTAL_ENV": "test", "PORTAL_FILES_DIR": str(tmp_path / "files"),
    }  # fmt: skip
    assert manage(env, "load_organisation").returncode == 0
    lifted = manage(env, "shell", "-v", "0", "-c", NO_LIMIT)  # all of them come from one address
    assert lifted.returncode == 0, lifted.stderr
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
