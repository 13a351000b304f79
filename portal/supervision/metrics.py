"""How the portal stands, as Prometheus reads it; every figure is counted when it is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from portal.backup.queries import last_backup
from portal.cases.guards import missing_guards
from portal.cases.models import Case, LedgerAnchor
from portal.cases.proving import last_finished
from portal.cases.queries import overdue_by
from portal.files import vault
from portal.jobs.lanes import LANES
from portal.jobs.models import OutboxJob
from portal.jobs.queries import last_beat
from portal.messaging.breaker import broken
from portal.messaging.queries import late
from portal.supervision import machine
from portal.supervision.health import LATE_MAIL
from portal.version import NUMBER
from portal.web.behind import unapplied
from portal.web.counting import registry


def written(now: datetime) -> bytes:
    """The whole page: what was counted, then how it stands."""
    standing = CollectorRegistry()
    standing.register(Standing(now))
    return generate_latest(registry()) + generate_latest(standing)


class Standing(Collector):
    """How it stands at a moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def describe(self) -> list[Metric]:
        """Nothing is counted before it is asked for."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Every figure."""
        yield _one("portal_release", "Which release runs", 1, {"number": NUMBER})
        yield from _jobs(self.now)
        yield from _cases(self.now)
        yield _one(
            "portal_messages_late",
            "Mails and texts not sent for half an hour",
            late(self.now, LATE_MAIL).count(),
        )
        yield _one("portal_peers_paused", "Mail server and gateway that are paused", len(broken()))
        yield from _backup()
        yield from _ledger()
        yield from _machine(self.now)


def _one(name: str, help_text: str, value: float, labels: dict[str, str] | None = None) -> Metric:
    family = GaugeMetricFamily(name, help_text, labels=list(labels or {}))
    family.add_metric(list((labels or {}).values()), value)
    return family


def _jobs(now: datetime) -> Iterator[Metric]:
    rows = (
        OutboxJob.objects.filter(done_at__isnull=True)
        .order_by()
        .values("lane")
        .annotate(
            waiting=Count("pk", filter=Q(dead_at__isnull=True)),
            dead=Count("pk", filter=Q(dead_at__isnull=False)),
            oldest=Min("not_before", filter=Q(dead_at__isnull=True, not_before__lte=now)),
        )
    )
    found: dict[str, Any] = {row["lane"]: row for row in rows}
    waiting = GaugeMetricFamily("portal_jobs_waiting", "Jobs that wait, by lane", labels=["lane"])
    dead = GaugeMetricFamily("portal_jobs_dead", "Jobs that were given up, by lane", labels=["lane"])
    age = GaugeMetricFamily("portal_job_oldest_seconds", "Age of the oldest job that is due", labels=["lane"])
    for lane in sorted({*LANES, *found}):
        row: dict[str, Any] = found.get(lane, {"waiting": 0, "dead": 0, "oldest": None})
        waiting.add_metric([lane], row["waiting"])
        dead.add_metric([lane], row["dead"])
        age.add_metric([lane], (now - row["oldest"]).total_seconds() if row["oldest"] else 0)
    beat = last_beat(now)
    yield from (waiting, dead, age)
    yield _one("portal_worker_seconds", "Since a worker last said that it lives; -1 if none ever did",
               -1 if beat is None else beat.total_seconds())  # fmt: skip


def _cases(now: datetime) -> Iterator[Metric]:
    today = timezone.localdate(now)
    rows = (
        Case.objects.open().order_by().values("kind")
        .annotate(number=Count("pk"), overdue=Count("pk", filter=overdue_by(today)))
    )  # fmt: skip
    opened = GaugeMetricFamily("portal_cases_open", "Open cases by kind", labels=["kind"])
    overdue = GaugeMetricFamily("portal_cases_overdue", "Overdue cases by kind", labels=["kind"])
    for row in rows:
        opened.add_metric([row["kind"]], row["number"])
        overdue.add_metric([row["kind"]], row["overdue"])
    yield from (opened, overdue)


def _backup() -> Iterator[Metric]:
    found = last_backup(Path(settings.PORTAL_BACKUP_DIR))
    yield _one("portal_backup_timestamp_seconds", "When the last backup was made; 0 if there is none",
               found.made_at.timestamp() if found else 0)  # fmt: skip


def _ledger() -> Iterator[Metric]:
    anchor, proof = LedgerAnchor.objects.order_by("-id").first(), last_finished()
    yield _one(
        "portal_anchor_timestamp_seconds",
        "When the ledger was last signed",
        anchor.at.timestamp() if anchor else 0,
    )
    ended = proof.finished_at.timestamp() if proof is not None and proof.finished_at else 0
    yield _one("portal_proof_timestamp_seconds", "When everything was last proved", ended)
    yield _one("portal_proof_findings", "What did not hold then", proof.findings if proof is not None else 0)
    yield _one("portal_triggers_missing", "Triggers of the log that are not there", len(missing_guards()))


def _machine(now: datetime) -> Iterator[Metric]:
    disk = shutil.disk_usage(vault.ground())
    yield _one("portal_disk_free_bytes", "Room for files", disk.free)
    yield _one("portal_disk_size_bytes", "Disk of the files", disk.total)
    yield _one(
        "portal_migrations_missing", "Migrations of this release that the database lacks", len(unapplied())
    )
    database = machine.database()
    yield _one(
        "portal_database_lag_seconds",
        "How far the slowest standby is behind; 0 without one",
        database.lag_seconds,
    )
    yield _one("portal_database_standbys", "Standbys that are connected", database.standbys)
    yield _one("portal_database_connections", "Connections to the database", database.connections)
    yield _one("portal_database_connections_most", "How many there may be; 0 if unknown", database.most)
    yield _one("portal_database_size_bytes", "Size of the database", database.size)
    days = machine.certificate_days(now)
    yield _one("portal_certificate_days", "Days until the certificate runs out; -1 if it cannot be read",
               -1 if days is None else days)  # fmt: skip
