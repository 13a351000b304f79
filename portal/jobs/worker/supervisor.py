"""The worker's parent: starts every lane, ends and renews the one that died or stands still, tells the database it lives.

It does no work itself, so nothing that a job does can stop it; a lane is a process group of its own.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DatabaseError, connections
from django.utils import timezone

from portal.jobs import outbox, timetable
from portal.jobs.lanes import LANES, Lane
from portal.jobs.models import OutboxJob, WorkerBeat
from portal.jobs.worker.lane import LaneProcess, owner_of
from portal.jobs.worker.pulse import Pulse

log = logging.getLogger("portal.jobs")
TICK, BEAT, LAST_WORK = 0.5, 5.0, 20.0
OLD_BEATS = timedelta(hours=1)
QUICK, PAUSE = 5.0, 2.0  # a lane that dies within so many seconds waits so many before it is begun again


@dataclass
class Running:
    """A lane and its process."""

    lane: Lane
    pulse: Pulse = field(default_factory=Pulse)
    pid: int = 0
    since: float = 0.0
    not_before: float = 0.0
    begun: int = 0


class Supervisor:
    """Runs the lanes until SIGTERM or SIGINT."""

    def __init__(self, lanes: tuple[Lane, ...] = tuple(LANES.values())) -> None:
        self.running = [Running(lane) for lane in lanes]
        self.stop = threading.Event()
        self.last_beat = 0.0
        self.to_free: set[str] = set()

    def run(self) -> None:
        """Start, watch, and at the end stop every lane within 20 seconds."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda signum, frame: self.stop.set())
        timetable.sync_schedules()
        timetable.mend(timezone.now())
        self.to_free |= _owners_that_are_gone()
        try:
            while not self.stop.is_set():
                self._watch()
                self._tell()
                self.stop.wait(TICK)
        finally:
            self._end()

    def _watch(self) -> None:
        for entry in self.running:
            if entry.pid and self._is_dead(entry):
                self._bury(entry)
            elif entry.pid and entry.pulse.is_still:
                log.error("lane stands still", extra={"lane": entry.lane.code})
                _kill_group(entry.pid)
                os.waitpid(entry.pid, 0)
                self._bury(entry)
        self._free()
        for entry in self.running:
            if not entry.pid and time.monotonic() >= entry.not_before:
                self._begin(entry)

    def _is_dead(self, entry: Running) -> bool:
        return os.waitpid(entry.pid, os.WNOHANG)[0] == entry.pid

    def _bury(self, entry: Running) -> None:
        """What the dead lane had taken is free, its own children end with it."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(entry.pid, signal.SIGKILL)
        self.to_free.add(owner_of(entry.pid))
        quick = time.monotonic() - entry.since < QUICK
        entry.not_before = time.monotonic() + (PAUSE if quick else 0.0)
        entry.pid = 0

    def _free(self) -> None:
        if not self.to_free:
            return
        with suppress(DatabaseError):
            outbox.free_claims(self.to_free)
            self.to_free.clear()

    def _begin(self, entry: Running) -> None:
        connections.close_all()
        sys.stdout.flush()
        sys.stderr.flush()
        entry.pulse.beat()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            entry.pid, entry.since, entry.begun = pid, time.monotonic(), entry.begun + 1
            return
        code = 1
        try:
            os.setsid()
            random.seed()
            LaneProcess(entry.lane, entry.pulse, parent).serve()
            code = 0
        except BaseException:
            log.exception("lane failed", extra={"lane": entry.lane.code})
        finally:
            with suppress(Exception):
                connections.close_all()
            os._exit(code)

    def _tell(self) -> None:
        """Write the heartbeat; without a database it is written later."""
        if time.monotonic() - self.last_beat < BEAT:
            return
        self.last_beat = time.monotonic()
        lanes = {
            entry.lane.code: {"seconds": round(entry.pulse.age), "begun": entry.begun}
            for entry in self.running
        }
        now = timezone.now()
        try:
            WorkerBeat.objects.update_or_create(
                owner=owner_of(os.getpid()), defaults={"at": now, "lanes": lanes}
            )
            WorkerBeat.objects.filter(at__lt=now - OLD_BEATS).delete()
        except DatabaseError:
            log.warning("no heartbeat: the database is away")
        connections.close_all()

    def _end(self) -> None:
        """Every lane ends the piece it has begun; what is not done after 20 seconds is ended, and free for others."""
        alive = [entry for entry in self.running if entry.pid]
        for entry in alive:
            with suppress(ProcessLookupError):
                os.kill(entry.pid, signal.SIGTERM)
        until = time.monotonic() + LAST_WORK
        while alive and time.monotonic() < until:
            alive = [entry for entry in alive if not self._is_dead(entry)]
            time.sleep(0.1)
        for entry in alive:
            _kill_group(entry.pid)
            os.waitpid(entry.pid, 0)
        self.to_free |= {owner_of(entry.pid) for entry in alive}
        self._free()
        with suppress(DatabaseError):
            WorkerBeat.objects.filter(owner=owner_of(os.getpid())).delete()


def _kill_group(pid: int) -> None:
    """End a lane and what it started; of a lane that is gone, what it left."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def _owners_that_are_gone() -> set[str]:
    """Who had taken jobs on this machine and is no process any more."""
    here = f"{socket.gethostname()[:60]}:"
    taken = OutboxJob.objects.filter(done_at__isnull=True, claimed_by__startswith=here)
    owners = set(taken.values_list("claimed_by", flat=True))
    return {owner for owner in owners if not _is_alive(int(owner.rpartition(":")[2]))}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
