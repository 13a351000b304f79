"""The database as the migrations leave it: made once for a state of the code, copied by every run and every test that needs one."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READ_BY_MIGRATIONS = {"migrations", "models", "models.py", "holidays", "search"}
KEPT = 3


class Pristine:
    """A migrated database that nobody writes into: a file on SQLite, a template on the server of DATABASE_URL on PostgreSQL."""

    def __init__(self, url: str, folder: Path) -> None:
        """`url` is the address of the engine's server ("" or sqlite: for SQLite), `folder` keeps files and the lock."""
        self._url = url if url.startswith("postgres") else ""
        self._folder = folder
        self.mark = fingerprint()
        self.file = folder / f"pristine-{self.mark}.sqlite3"
        self.name = f"pristine_{self.mark}"

    def ready(self) -> None:
        """Make it if it is not there; another process that makes it is waited for. Raises RuntimeError with what `migrate` said."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "pristine.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self._exists():
                self._make()

    def _exists(self) -> bool:
        if not self._url:
            return self.file.exists()
        found = self._admin("SELECT 1 FROM pg_database WHERE datname = %s", self.name)
        return found is not None

    def _make(self) -> None:
        if self._url:
            partly = f"partly_{secrets.token_hex(4)}"
            self._admin(f'CREATE DATABASE "{partly}"')
            migrate(self._own(partly))
            self._admin(f'ALTER DATABASE "{partly}" RENAME TO "{self.name}"')
            return
        part = self.file.with_suffix(f".{os.getpid()}")
        migrate(f"sqlite:///{part}")
        part.replace(self.file)
        older = sorted(self._folder.glob("pristine-*.sqlite3"), key=lambda path: path.stat().st_mtime)
        for path in older[:-KEPT]:
            path.unlink(missing_ok=True)

    @contextmanager
    def copy(self, folder: Path, *, empty: bool = False) -> Iterator[str]:
        """A database of one's own as a DATABASE_URL, on the engine of this run, `empty` without tables; gone afterwards."""
        if not self._url:
            target = folder / "own.sqlite3"
            if not empty:
                shutil.copyfile(self.file, target)
            yield f"sqlite:///{target}"
            return
        name = f"own_{secrets.token_hex(4)}"
        self._admin(f'CREATE DATABASE "{name}"' + ("" if empty else f' TEMPLATE "{self.name}"'))
        try:
            yield self._own(name)
        finally:
            self._admin(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _own(self, name: str) -> str:
        at = self._server()
        return f"postgres://{quote(at['USER'])}:{quote(at['PASSWORD'])}@{at['HOST']}:{at['PORT']}/{name}"

    @staticmethod
    def _server() -> dict[str, Any]:
        from django.db import connection

        return connection.settings_dict

    def _admin(self, statement: str, *values: str) -> Any:
        import psycopg

        at = self._server()
        login = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
        with psycopg.connect(dbname="postgres", autocommit=True, **login) as admin:
            cursor = admin.execute(statement, values or None)
            return cursor.fetchone() if cursor.description else None


def this_run() -> Pristine:
    """The one of the engine that this run tests."""
    return Pristine(os.environ.get("DATABASE_URL", ""), ROOT / "var" / "test")


def migrated_sqlite(target: Path) -> str:
    """The DATABASE_URL of a migrated SQLite in a new file, whatever engine this run tests."""
    kept = Pristine("", ROOT / "var" / "test")
    kept.ready()
    shutil.copyfile(kept.file, target)
    return f"sqlite:///{target}"


def migrate(url: str) -> None:
    """Run `migrate` there. Raises RuntimeError with what it said."""
    env = {**os.environ, "PORTAL_ENV": "test", "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def fingerprint() -> str:
    """16 signs that change with whatever the migrations read: themselves, models, their data, the locked packages."""
    found = hashlib.sha256(sqlite3.sqlite_version.encode())
    apps = (path for path in ROOT.iterdir() if (path / "__init__.py").exists())
    read = (
        path
        for app in apps
        for path in app.rglob("*")
        if READ_BY_MIGRATIONS & set(path.relative_to(ROOT).parts)
    )
    for path in sorted([*read, *(ROOT / "requirements").glob("*.txt")]):
        if path.is_file() and path.suffix != ".pyc":
            found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]
