"""What a monitor reads: figures, readiness, doctor, and a page that says so while the database is behind the release."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as settings_of_tests
from django.core.management import call_command
from django.db import ProgrammingError
from django.test import Client
from django.utils import timezone

from portal.jobs.models import OutboxJob, WorkerBeat
from portal.supervision import doctor
from portal.units.models import Unit
from portal.web import behind
from tests.cast import Person
from tests.factories.requests_app import handled

pytestmark = pytest.mark.django_db


def figures(client: Client, **headers: str) -> dict[str, float]:
    """The page as names with labels and numbers."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.status_code
    lines = (line for line in answer.content.decode().splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_figures_tell_how_it_stands(client: Client, office: Unit, clerk: Person) -> None:
    handled(office, clerk, on="2026-02-10")
    now = timezone.now()
    before = figures(client)
    OutboxJob.objects.create(topic="x", key="a", lane="mail", not_before=now)
    OutboxJob.objects.create(topic="x", key="b", lane="mail", not_before=now, dead_at=now)
    after = figures(client)
    waiting, dead = 'portal_jobs_waiting{lane="mail"}', 'portal_jobs_dead{lane="mail"}'
    assert (after[waiting] - before[waiting], after[dead] - before[dead]) == (1.0, 1.0)
    assert (
        after['portal_cases_open{kind="disclosure"}'],
        after['portal_cases_overdue{kind="disclosure"}'],
    ) == (
        1.0,
        1.0,
    )
    assert after["portal_backup_timestamp_seconds"] == 0.0
    assert after["portal_migrations_missing"] == 0.0
    assert after["portal_triggers_missing"] == 0.0
    assert after["portal_disk_free_bytes"] > 0


def test_figures_are_for_named_addresses_or_the_token(client: Client, settings: Any) -> None:
    settings.PORTAL_METRICS_FROM = ["192.0.2.7"]
    assert client.get("/metrics").status_code == 404
    settings.PORTAL_METRICS_TOKEN = "t" * 40
    assert client.get("/metrics", headers={"Authorization": "Bearer " + "x" * 40}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer " + "t" * 40}).status_code == 200
    settings.TRUSTED_PROXY_COUNT, settings.PORTAL_METRICS_FROM = 1, ["127.0.0.1"]
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


def test_requests_are_counted_by_view_and_status(client: Client, settings: Any) -> None:
    settings.PORTAL_METRICS = True
    home = 'portal_requests_total{method="GET",status="200",view="home"}'
    before = figures(client).get(home, 0.0)
    client.get("/")
    client.get("/")
    found = figures(client)
    assert found[home] - before == 2.0
    assert any(name.startswith("portal_request_seconds_bucket") for name in found)


def diagnosis(*words: str) -> tuple[int, str]:
    """Exit code and words of manage.py doctor."""
    out = StringIO()
    try:
        call_command("doctor", *words, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_doctor_says_what_is_wrong_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = diagnosis()
    assert code == 1
    assert "需要处理  后台任务进程：没有运行过。启动任务进程（manage.py worker）" in told
    assert "需要处理  最近备份：没有备份" in told
    assert "版本" not in told
    WorkerBeat.objects.create(owner="test", at=timezone.now())
    assert "后台任务进程" not in diagnosis()[1]
    monkeypatch.setattr(doctor, "unapplied", lambda: ["cases.0099_next"])
    code, told = diagnosis()
    assert (code, "缺1个迁移（cases.0099_next等）。运行 deploy/manage --owner migrate" in told) == (1, True)


def test_doctor_is_content_where_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "readings", lambda now: [])
    monkeypatch.setattr(doctor, "_folders", list)
    monkeypatch.setattr(doctor, "_settings", lambda deploy: [])
    assert diagnosis() == (0, "0项检查，全部正常。\n")
    code, told = diagnosis("--json")
    assert (code, json.loads(told)) == (0, {"ok": True, "found": []})


def test_doctor_without_a_database_ends_with_two(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(now: object) -> Any:
        raise doctor.NoDatabase("connection refused")

    monkeypatch.setattr("portal.supervision.management.commands.doctor.look", gone)
    code, told = diagnosis()
    assert (code, told) == (2, "需要处理  数据库：没有应答。connection refused\n")


@pytest.mark.parametrize("address", ["/", "/notices/", "/consultations/", "/api/v1/releases/"])
def test_database_behind_the_release_is_a_503_in_chinese(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not 500: the release is there before its tables are."""

    def lacks(*args: Any, **kwargs: Any) -> None:
        raise ProgrammingError('relation "next_table" does not exist')

    monkeypatch.setattr(behind, "_migrated", False)
    monkeypatch.setattr(behind, "unapplied", lambda: ["cases.0099_next"])
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", lacks)
    answer = Client(raise_request_exception=False).get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    words = answer.json()["error"]["sentence"] if address.startswith("/api/") else answer.content.decode()
    assert "平台正在升级" in words
    assert "no-store" in answer["Cache-Control"]


def test_wrong_sql_of_a_migrated_release_stays_a_500(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ProgrammingError("syntax error")

    monkeypatch.setattr(behind, "_migrated", True)
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", broken)
    assert Client(raise_request_exception=False).get("/notices/").status_code == 500


def test_readiness_tells_what_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.site.health.is_migrated", lambda: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["wrong"]) == (503, ["migrated"])


def test_alerts_and_dashboard_ask_only_for_figures_that_there_are(client: Client, settings: Any) -> None:
    settings.PORTAL_METRICS = True
    client.get("/")
    there = {name.partition("{")[0] for name in figures(client)}
    folder = Path(settings.BASE_DIR) / "deploy" / "watch"
    rules = yaml.safe_load((folder / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    panels = json.loads((folder / "dashboard.json").read_text(encoding="utf-8"))["panels"]
    asked = " ".join([rule["expr"] for rule in rules] + [panel["targets"][0]["expr"] for panel in panels])
    named = set(re.findall(r"\bportal_\w+", asked))
    of_cases = {"portal_cases_open", "portal_cases_overdue"}  # a line for each kind that has cases
    assert named - there <= of_cases
    assert len({rule["alert"] for rule in rules}) == len(rules) == 16
    runbook = (Path(settings.BASE_DIR) / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {rule["alert"] for rule in rules if rule["alert"] not in runbook} == set()


COUNTING = """
from django.conf import settings
settings.PORTAL_METRICS
import prometheus_client
from portal.web.counting import count
count("GET", "home", 200, 0.01)
"""


def test_processes_of_one_machine_count_together(tmp_path: Path) -> None:
    """Two processes, two answers; whoever is asked for the figures tells both."""
    env = {
        **os.environ, "PORTAL_METRICS_DIR": str(tmp_path), "PORTAL_ENV": "test", "PORTAL_METRICS": "1",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }  # fmt: skip
    ask = "from portal.web.counting import registry\nfrom prometheus_client import generate_latest\nprint(generate_latest(registry()).decode())"
    said = ""
    for script in (COUNTING, COUNTING + ask):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=settings_of_tests.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said = done.stdout
    assert 'portal_requests_total{method="GET",status="200",view="home"} 2.0' in said
