"""Which piece of work a log line belongs to: the request or the job, and the account that stands behind it. No names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_work: ContextVar[dict[str, str | int] | None] = ContextVar("work", default=None)


def known() -> dict[str, str | int]:
    """What is known of the work that goes on: `request` or `job`, and `actor` where there is one."""
    return _work.get() or {}


@contextmanager
def working_on(**ids: str | int) -> Iterator[None]:
    """Every log line inside carries these."""
    token = _work.set({**known(), **ids})
    try:
        yield
    finally:
        _work.reset(token)


def acted_by(account: int | None) -> None:
    """From now on, and until the work ends, it is this account's."""
    found = _work.get()
    if found is not None and account is not None:
        found["actor"] = account
