"""One lane: takes its jobs and its schedules one at a time, until it is told to stop or its parent is gone."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import DatabaseError, connections
from django.utils import timezone

from portal.jobs import outbox, timetable
from portal.jobs.lanes import WORK, Lane
from portal.jobs.worker.pulse import Pulse

log = logging.getLogger("portal.jobs")
IDLE = 0.3
AFTER_AN_OUTAGE = 2.0
MEND = 20.0
MOST_PIECES = 2000  # then the process is renewed
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class TookTooLong(Exception):
    """A piece of work went over its lane's time."""


def owner_of(pid: int) -> str:
    """How the claims of a process on this machine are marked."""
    return f"{socket.gethostname()[:60]}:{pid}"


@contextmanager
def bounded(seconds: int) -> Iterator[None]:
    """Raises TookTooLong in what runs inside once it has taken that long."""

    def over(signum: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"超过{seconds}秒")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class LaneProcess:
    """What runs in the child."""

    def __init__(self, lane: Lane, pulse: Pulse, parent: int) -> None:
        self.lane, self.pulse, self.parent = lane, pulse, parent
        self.stop, self.pieces, self.mended = threading.Event(), 0, 0.0

    def serve(self) -> None:
        """Work until told to stop; a piece that has begun is ended first."""
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda signum, frame: self.stop.set())
        while not self.stop.is_set() and self.pieces < MOST_PIECES and os.getppid() == self.parent:
            self.pulse.beat()
            try:
                busy = self._turn()
            except DatabaseError:
                log.exception("the database is away", extra={"lane": self.lane.code})
                connections.close_all()
                self.stop.wait(AFTER_AN_OUTAGE)
                continue
            if not busy:
                self.stop.wait(IDLE)

    def _turn(self) -> bool:
        if self.lane.code == WORK and time.monotonic() - self.mended > MEND:
            self.mended = time.monotonic()
            timetable.mend(timezone.now())
        row = timetable.due(self.lane, timezone.now())
        if row is not None:
            self._begin()
            timetable.run(row, self.lane)
        jobs = outbox.claim(timezone.now(), 1, lane=self.lane.code, owner=owner_of(os.getpid()))
        for job in jobs:
            self._begin()
            with bounded(self.lane.seconds):
                outbox.run(job)
        return bool(jobs) or row is not None

    def _begin(self) -> None:
        self.pieces += 1
        self.pulse.beat(self.lane.seconds)
