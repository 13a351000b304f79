"""The cache that may go away: while Redis is down or silent, each process keeps a cache of its own and no page fails.

Nothing that must be true in all processes at once is kept here: sessions, used proofs and the counters of wrong query
codes, of log-ins and of submissions are rows.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 0.3
PAUSE_SECONDS = 5.0


class SteadyRedisCache(BaseCache):
    """Django's Redis cache in front of an in-process one; after a failure Redis is let be for `PAUSE_SECONDS`.

    `LOCATION` and `OPTIONS` as of django.core.cache.backends.redis.RedisCache. Never raises for Redis itself.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        patience = {
            "socket_timeout": PATIENCE_SECONDS,
            "socket_connect_timeout": PATIENCE_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        }
        self._redis = RedisCache(server, {**params, "OPTIONS": {**patience, **params.get("OPTIONS", {})}})
        self._own = LocMemCache("steady", {**params, "OPTIONS": {}})
        self._away_until = 0.0

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(self._redis, name)(*args, **kwargs)
            except (RedisError, OSError) as error:
                self._away_until = time.monotonic() + PAUSE_SECONDS
                log.warning("cache away: %s", type(error).__name__)
        return getattr(self._own, name)(*args, **kwargs)

    def answers(self) -> bool:
        """True if Redis is there now; asks it."""
        self._away_until = 0.0
        self._ask("has_key", "here")
        return self._away_until == 0.0

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """True if the key was new."""
        return bool(self._ask("add", *args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The value, or the default."""
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        """Keep a value."""
        self._ask("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        """True if the key was there; its time begins anew."""
        return bool(self._ask("touch", *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """True if the key was there."""
        return bool(self._ask("delete", *args, **kwargs))

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        """The new value. Raises ValueError if the key is not there."""
        return self._ask("incr", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        """True if the key is there."""
        return bool(self._ask("has_key", *args, **kwargs))

    def clear(self) -> None:
        """Forget everything, here and there."""
        self._ask("clear")
        self._own.clear()
