"""A burst of votes through the real server, on SQLite and on PostgreSQL, beside raw INSERT … ON CONFLICT.

Every vote is a POST of the whole form with a token of its own. Afterwards the sealed count must equal the
votes that were acknowledged.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

from bench.measure import Measure
from bench.scratch import ROOT, engines, server

VOTES = int(os.environ.get("BENCH_VOTES", "10000"))
CLIENTS = 8
RAW = 4000


def inside(command: str) -> object:
    """One step in a process that stands on the scratch database."""
    import django

    django.setup()
    return {"prepare": prepare, "raw": raw, "count": count}[command]()


def prepare() -> dict[str, object]:
    """A signed poll of today with a token for every vote."""
    from django.utils import timezone

    from consultations.polls import actions
    from consultations.polls.models import Poll, PollToken
    from consultations.polls.queries import token_digest
    from portal.core.moments import begin_of
    from portal.units.access import actor_for
    from portal.units.actions import appoint
    from portal.units.choices import Role
    from portal.units.models import Account, Unit

    today = timezone.localdate()
    unit = Unit.objects.get(code="city-office")
    roles = {"c": Role.CLERK, "r": Role.REVIEWER, "s": Role.SECRECY_REVIEWER, "a": Role.APPROVER}
    people = {}
    for code, role in roles.items():
        account = Account.objects.create_user(f"{code}@bench.invalid", None)
        appoint(account=account, unit=unit, role=role, starts_on=today - timedelta(days=9))
        people[code] = actor_for(account, today)
    at = begin_of(today - timedelta(days=1))
    answers = {
        "title": "压力测试",
        "poll_kind": "vote",
        "intro": "测试",
        "opens_on": today - timedelta(days=1),
        "closes_on": today + timedelta(days=1),
        "who": "token",
        "secrecy": "hidden",
        "changeable": False,
        "shows_running": False,
    }
    case = actions.open_poll(answers=answers, unit=unit, actor=people["c"], at=at)
    question = {"kind": "single", "title": "选一项", "required": True, "options": ["甲", "乙", "丙"]}
    actions.put_question(case=case, question=question, actor=people["c"], at=at)
    actions.make_tokens(case=case, count=1, actor=people["c"])
    actions.submit_poll(case=case, actor=people["c"], at=at)
    actions.review_poll(case=case, actor=people["r"], at=at)
    actions.clear_poll(case=case, actor=people["s"], at=at)
    actions.approve_poll(case=case, actor=people["a"], at=at)
    tokens = [f"T{number:011d}".translate(str.maketrans("01", "XY")) for number in range(VOTES)]
    PollToken.objects.bulk_create(
        [PollToken(poll=case, digest=token_digest(case, token)) for token in tokens], batch_size=500
    )
    return {"id": str(Poll.objects.get().public_id), "tokens": tokens}


def raw() -> dict[str, object]:
    """Participation and ballot as two bare statements, committed one by one."""
    import uuid

    from django.db import connection, transaction
    from django.utils import timezone

    from consultations.polls.models import Poll

    poll = Poll.objects.get()
    column = connection.ops.quote_name("on")
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        for number in range(RAW):
            with transaction.atomic():
                cursor.execute(
                    f"INSERT INTO polls_participation (poll_id, voter_key, {column}, origin) "
                    "VALUES (%s, %s, %s, '') ON CONFLICT DO NOTHING",
                    [poll.pk, f"raw-{number}", timezone.localdate()],
                )
                cursor.execute(
                    "INSERT INTO polls_ballot (id, poll_id, answers, receipt, link, origin) "
                    "VALUES (%s, %s, %s, %s, '', '') ON CONFLICT DO NOTHING",
                    [
                        uuid.uuid4() if connection.vendor == "postgresql" else uuid.uuid4().hex,
                        poll.pk,
                        '{"q1": "o1"}',
                        f"raw-{number}",
                    ],
                )
        seconds = time.perf_counter() - begin
        cursor.execute("DELETE FROM polls_ballot WHERE receipt LIKE 'raw-%%'")
        cursor.execute("DELETE FROM polls_participation WHERE voter_key LIKE 'raw-%%'")
    return {"rate": RAW / seconds}


def count() -> dict[str, object]:
    """The tally that would be sealed now."""
    from consultations.polls.actions.counting import result_of
    from consultations.polls.models import Poll

    begin = time.perf_counter()
    data = result_of(Poll.objects.get())
    return {"ballots": data["ballots"], "seconds": time.perf_counter() - begin}


def _ask(env: dict[str, str], command: str) -> dict[str, object]:
    out = subprocess.run(
        [sys.executable, "-m", "bench.poll_burst", command],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found: dict[str, object] = json.loads(out.splitlines()[-1])
    return found


def drive(address: str, poll: str, tokens: list[str]) -> tuple[int, float]:
    """(acknowledged votes, seconds) of eight clients."""
    host = urllib.parse.urlparse(address)
    path = f"/consultations/polls/{poll}/vote/"
    good = [0] * CLIENTS

    def client(index: int) -> None:
        link = http.client.HTTPConnection(str(host.hostname), host.port, timeout=60)
        link.request("GET", path)
        page = link.getresponse()
        html = page.read().decode()
        cookies = [part.split(";")[0] for part in page.headers.get_all("Set-Cookie") or []]
        fields = {
            name: unescape(re.findall(rf'name="{name}" value="([^"]*)"', html)[0])
            for name in ("csrfmiddlewaretoken", "so_far", "page")
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "; ".join(cookies)}
        for number, token in enumerate(tokens[index::CLIENTS]):
            vote = {**fields, "key": f"burst-{index}-{number}", "token": token, "q1": f"o{number % 3 + 1}"}
            link.request("POST", path, urllib.parse.urlencode(vote), headers)
            answer = link.getresponse()
            body = answer.read()
            good[index] += answer.status == 200 and "回执码".encode() in body

    threads = [threading.Thread(target=client, args=(index,)) for index in range(CLIENTS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(good), time.perf_counter() - begin


def run() -> Iterator[Measure]:
    """Votes a second on each engine beside the raw statements of the same run."""
    with engines() as found:
        for name, env in found:
            made = _ask(env, "prepare")
            bare = float(str(_ask(env, "raw")["rate"]))
            with server(env, "portal.wsgi:application") as address:
                acknowledged, seconds = drive(address, str(made["id"]), list(made["tokens"]))  # type: ignore[call-overload]
            counted = _ask(env, "count")
            assert counted["ballots"] == acknowledged == VOTES, (counted, acknowledged)
            rate = acknowledged / seconds
            yield Measure(f"poll.raw.{name}", bare, "inserts/s", 1, "itself")
            yield Measure(f"poll.votes.{name}", rate, "votes/s", rate / bare, f"raw_insert_{name}")
            yield Measure(f"poll.count.{name}", float(str(counted["seconds"])), "s", 1, "itself")


if __name__ == "__main__":
    print(json.dumps(inside(sys.argv[1])))
