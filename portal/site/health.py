"""Whether the server lives, and whether it is ready."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.cases.guards import missing_guards
from portal.files import bucket, vault
from portal.jobs.queries import LIVE, health, last_beat
from portal.web.behind import is_migrated

LEAST_FREE = 200 * 1024 * 1024
OLDEST_DUE = 120  # seconds; with no worker that lives, nobody does what waits


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"ok": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when requests can be taken and kept; 503 otherwise, with what is wrong. Says nothing personal."""
    now = timezone.now()
    try:
        triggers, jobs, beat = missing_guards(), health(now), last_beat(now)
        wrong = [
            name
            for name, holds in (
                ("triggers", not triggers),
                ("database_writable", _takes_writes()),
                ("migrated", is_migrated()),
                ("files_writable", _files_take_writes()),
                ("worker", not _waits_for_nobody(jobs["oldest_seconds"], beat)),
            )
            if not holds
        ]
    except DatabaseError:
        return JsonResponse({"ok": False, "database": "unreachable"}, status=503)
    seconds = None if beat is None else int(beat.total_seconds())
    found = {"triggers_missing": len(triggers), "jobs": jobs, "worker_seconds": seconds, "wrong": wrong}
    return JsonResponse({"ok": not wrong, **found}, status=503 if wrong else 200)


def _takes_writes() -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            return bool(cursor.fetchone()[0] == "off")
        cursor.execute("PRAGMA query_only")
        read_only = bool(cursor.fetchone()[0])
    file = Path(str(connection.settings_dict["NAME"]))
    return not read_only and (not file.exists() or os.access(file, os.W_OK))


def _files_take_writes() -> bool:
    if bucket.in_use():
        try:
            bucket.find("0" * 64)
        except bucket.StoreAway:
            return False
    folder = vault.ground()
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= LEAST_FREE


def _waits_for_nobody(oldest_seconds: int, beat: timedelta | None) -> bool:
    return oldest_seconds > OLDEST_DUE and (beat is None or beat > LIVE)
