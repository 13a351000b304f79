"""The cache that may go away, against a real Redis; and the proof of work that must be taken once everywhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import CacheHandler, caches
from django.db import connections
from django.utils import timezone

from portal.core.errors import InvalidInput
from portal.privacy.retention import RULES
from portal.supervision.health import readings
from portal.web import proof
from portal.web.cache import PAUSE_SECONDS, SteadyRedisCache
from portal.web.models import SpentProof
from tests.servers import RedisMissing, RedisServer, temporary_redis


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    """A running Redis; without one these tests are skipped with the reason."""
    try:
        with temporary_redis() as server:
            yield server
    except RedisMissing as missing:
        pytest.skip(f"REDIS TESTS NOT RUN: {missing}")


@pytest.fixture
def cache(redis: RedisServer) -> SteadyRedisCache:
    """A process's cache, empty."""
    made = SteadyRedisCache(redis.url, {})
    made.clear()
    return made


def test_two_processes_see_one_cache(cache: SteadyRedisCache, redis: RedisServer) -> None:
    other = SteadyRedisCache(redis.url, {})
    assert cache.add("a", [1, ("二", b"3")], 60)
    assert not other.add("a", "other", 60)
    assert other.get("a") == [1, ("二", b"3")]
    other.set("n", 1, 60)
    assert cache.incr("n", 2) == 3
    assert cache.touch("n", 90)
    assert cache.has_key("n")
    assert other.delete("n")
    assert cache.get("n", "gone") == "gone"
    assert cache.get_or_set("m", lambda: 5, 60) == 5
    assert other.get_many(["a", "m"]) == {"a": [1, ("二", b"3")], "m": 5}


def test_without_redis_a_process_goes_on_by_itself(
    cache: SteadyRedisCache, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("portal.web.cache.time.monotonic", lambda: now)
    cache.set("a", "shared", 600)
    redis.kill()
    try:
        assert cache.get("a") is None
        assert cache.add("limit", 1, 600)
        assert not cache.add("limit", 1, 600), "a limit goes on counting in this process"
        assert cache.incr("limit") == 2
        assert not cache.answers()
    finally:
        redis.start()
    cache._away_until = now + PAUSE_SECONDS
    cache.set("b", 1, 600)
    now += PAUSE_SECONDS
    assert cache.get("b") is None, "Redis is asked again after the pause, and does not know it"
    assert cache.answers()
    cache.set("b", 2, 600)
    assert SteadyRedisCache(redis.url, {}).get("b") == 2


@pytest.mark.django_db
def test_the_system_page_says_whether_the_cache_answers(
    cache: SteadyRedisCache, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> dict[str, bool]:
        return {row.title: row.good for row in readings(timezone.now())}

    assert "缓存（Redis）" not in told()
    handler = CacheHandler(
        {"default": {"BACKEND": "portal.web.cache.SteadyRedisCache", "LOCATION": redis.url}}
    )
    monkeypatch.setattr("portal.supervision.health.caches", handler)
    assert told()["缓存（Redis）"]
    redis.kill()
    try:
        assert not told()["缓存（Redis）"]
    finally:
        redis.start()
    assert caches["default"] is not handler["default"]


@pytest.mark.django_db
def test_a_proof_is_taken_once_for_what_it_was_made_for() -> None:
    solution = proof.solve(proof.challenge("poll:1"))
    with pytest.raises(InvalidInput, match="没有完成自动验证"):
        proof.check("poll:2", solution)
    proof.check("poll:1", solution)
    with pytest.raises(InvalidInput, match="已经使用过"):
        proof.check("poll:1", solution)
    caches["default"].clear()
    with pytest.raises(InvalidInput, match="已经使用过"):
        proof.check("poll:1", solution)


@pytest.mark.django_db
def test_used_proofs_are_erased_after_a_day() -> None:
    proof.check("poll:1", proof.solve(proof.challenge("poll:1")))
    rule, now = RULES["spent_proofs"], timezone.now()
    assert rule.overdue(now + timedelta(hours=23)).count() == 0
    assert rule.erase(rule.overdue(now + timedelta(hours=25)), now) == 1
    assert SpentProof.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_with_one_proof_are_one() -> None:
    solution = proof.solve(proof.challenge("poll:1"))
    taken: list[bool] = []

    def hand_in() -> None:
        try:
            proof.check("poll:1", solution)
            taken.append(True)
        except InvalidInput:
            taken.append(False)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand_in) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), sum(taken)) == (16, 1)
