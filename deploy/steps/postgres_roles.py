"""PostgreSQL: the database, its owner, the application's role and their passwords; roles.sql does the rest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

import secret_files
from host import SOURCE, Host, run

DATABASE = "portal"
ROLES = {"database_url": "portal_app", "owner_database_url": "portal_owner"}
ROLES_SQL = SOURCE / "deploy" / "postgresql" / "roles.sql"


@dataclass(frozen=True)
class Admin:
    """How the superuser is reached: an address, or on the machine itself as the user postgres."""

    url: str = ""
    database: str = DATABASE

    def psql(self, script: str, database: str = "") -> str:
        """Run SQL, in one transaction, and give what it printed; stops at the first error."""
        words = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]
        env = {}
        if self.url:
            parts = urlsplit(self.url)
            env = {
                "PGHOST": parts.hostname or "",
                "PGPORT": str(parts.port or 5432),
                "PGUSER": unquote(parts.username or ""),
                "PGPASSWORD": unquote(parts.password or ""),
            }
        else:
            words = ["runuser", "-u", "postgres", "--", *words]
        failure = "PostgreSQL could not be set up; is it running, and is --admin-url that of a superuser?"
        return run(
            [*words, "--dbname", database or self.database, "-f", "-"], env=env, text=script, failure=failure
        ).strip()

    @property
    def address(self) -> str:
        """Host and port for the addresses of the roles."""
        parts = urlsplit(self.url) if self.url else None
        return f"{parts.hostname}:{parts.port or 5432}" if parts else "127.0.0.1:5432"


def make(host: Host, admin: Admin) -> None:
    """Database and roles; passwords are made once and stand in the addresses beside the other secrets."""
    there = admin.psql(f"SELECT 1 FROM pg_database WHERE datname = '{admin.database}'", "postgres")
    if not there:
        admin.psql(f"CREATE DATABASE {admin.database} ENCODING 'UTF8' TEMPLATE template0", "postgres")
        host.note(f"database {admin.database}")
    grants(admin)
    for name, role in ROLES.items():
        if secret_files.read(host, name):
            continue
        password = secrets.token_urlsafe(32)
        admin.psql(f"ALTER ROLE {role} PASSWORD '{password}'")
        address = f"postgres://{role}:{quote(password)}@{admin.address}/{admin.database}"
        secret_files.keep(host, name, address)


def grants(admin: Admin) -> None:
    """Roles and rights as this release wants them."""
    admin.psql("BEGIN;\n" + ROLES_SQL.read_text(encoding="utf-8") + "\nCOMMIT;")
