"""Which database a page is read from: a standby for pages that everybody sees, and never for somebody who has just written.

A standby is asked only while it has replayed what the primary had written a second or two ago: what is taken down is gone
there as well, and one that stands still is left alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

ALIAS = "replica"
WROTE, WROTE_SECONDS = "wrote", 10
EVERY = 1.0

_public: ContextVar[bool] = ContextVar("public", default=False)


class Freshness:
    """Whether the standby has what the primary had at the last look; asked once a second and process."""

    def __init__(self) -> None:
        self.looked = 0.0
        self.primary = ""
        self.fresh = False

    def holds(self, now: float) -> bool:
        """True while it may be read."""
        if now - self.looked >= EVERY:
            self.looked = now
            self.fresh = self._look()
        return self.fresh

    def _look(self) -> bool:
        try:
            with connections[ALIAS].cursor() as cursor:
                cursor.execute(
                    "SELECT pg_is_in_recovery() AND %s <> '' AND pg_last_wal_replay_lsn() >= nullif(%s, '')::pg_lsn",
                    [self.primary, self.primary],
                )
                caught_up = bool(cursor.fetchone()[0])
            with connections["default"].cursor() as cursor:
                cursor.execute("SELECT pg_current_wal_lsn()")
                self.primary = str(cursor.fetchone()[0])
        except DatabaseError:
            return False
        return caught_up


_freshness = Freshness()


@contextmanager
def public_reading(request: HttpRequest) -> Iterator[None]:
    """Inside, what is read may come from a standby: a plain look at a public page by somebody without a session who has
    written nothing lately."""
    cookies = request.COOKIES
    plain = request.method in ("GET", "HEAD") and WROTE not in cookies
    token = _public.set(plain and settings.SESSION_COOKIE_NAME not in cookies and ALIAS in settings.DATABASES)
    try:
        yield
    finally:
        _public.reset(token)


def remember_writing(request: HttpRequest, response: HttpResponse) -> None:
    """Whoever has sent something reads from the primary for a while."""
    if ALIAS in settings.DATABASES and request.method not in ("GET", "HEAD", "OPTIONS"):
        response.set_cookie(
            WROTE,
            "1",
            max_age=WROTE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


class ReplicaRouter:
    """Reads of public pages to the standby, everything else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """The standby inside `public_reading`, as long as it is fresh."""
        return ALIAS if _public.get() and _freshness.holds(time.monotonic()) else "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Always the primary."""
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both are the same database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The standby gets its tables from the primary."""
        return db == "default"
