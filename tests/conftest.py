"""What every test stands on: a private file store, a warm working-day calendar, no request to the world."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings

from tests.pristine import Pristine, this_run

# A busy machine draws examples slowly; that says nothing about what is tested.
hypothesis.settings.register_profile(
    "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portal")
LOOPBACK = {"127.0.0.1", "localhost", "::1", "0.0.0.0"}


@pytest.fixture(scope="session")
def pristine(django_db_blocker: Any) -> Pristine:
    """The database as the migrations leave it, to be copied for a portal that runs as processes of its own."""
    kept = this_run()
    with django_db_blocker.unblock():
        kept.ready()
    return kept


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The copied file is there before Django looks; on PostgreSQL the server copies it itself."""
    return "sqlite" in django_settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_keepdb: bool, pristine: Pristine
) -> Iterator[None]:
    """Begin with a copy of the migrated database: `migrate` then finds nothing to do."""
    test = django_settings.DATABASES["default"]["TEST"]
    if not django_db_keepdb:
        test["TEMPLATE"] = pristine.name
        yield
        return
    files = [Path(f"{test['NAME']}{suffix}") for suffix in ("", "-wal", "-shm")]
    for file in files:
        file.unlink(missing_ok=True)
    shutil.copyfile(pristine.file, files[0])
    yield
    for file in files:
        file.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Build the calendar once, so that no test's query count depends on being the first."""
    from portal.holidays.calendars import calendar
    from tests.migrated import keep_migrated

    with django_db_blocker.unblock():
        calendar()
        keep_migrated()


@pytest.fixture
def database_url(tmp_path: Path, pristine: Pristine) -> Iterator[str]:
    """A database of a test's own for other processes, on the engine that this run tests."""
    with pristine.copy(tmp_path) as url:
        yield url


@pytest.fixture(autouse=True)
def _private_files(tmp_path: Path, settings: Any) -> None:
    """Stored files and mails of a test stay in its own folder."""
    settings.PORTAL_FILES_DIR = tmp_path / "files"
    settings.PORTAL_SEARCH_DIR = tmp_path / "search"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Counters of failed attempts and the like do not leak from test to test."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_outside_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection that leaves this machine fails loudly."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise RuntimeError(f"A test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


DATABASES_OF_TESTS = {"db", "transactional_db", "pristine", "database_url"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test on the engines that can make a difference to it; what is left out says why.

    A test that asks for no database gets none (pytest-django refuses it), so it runs once, on SQLite.
    """
    on_postgresql = "postgresql" in django_settings.DATABASES["default"]["ENGINE"]
    for item in items:
        if not on_postgresql and item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL; make test runs it there"))
        elif on_postgresql and (item.get_closest_marker("one_engine") or not _asks_for_a_database(item)):
            words = "nothing in it depends on the database; make test runs it on SQLite"
            item.add_marker(pytest.mark.skip(reason=words))


def _asks_for_a_database(item: pytest.Item) -> bool:
    asked = item.get_closest_marker("django_db") or item.get_closest_marker("postgresql")
    return bool(asked) or bool(DATABASES_OF_TESTS & set(getattr(item, "fixturenames", ())))


from tests.cast import *  # noqa: E402, F403
from tests.cast import _guards_down_for_flush  # noqa: E402, F401
from tests.mail_servers import box, imap, postbox  # noqa: E402, F401
