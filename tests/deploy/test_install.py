"""deploy/install on a bare root with a real PostgreSQL: run twice it is run once; backup and restore as documented."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.pristine import Pristine

ROOT = Path(settings.BASE_DIR)
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.postgresql]
GROWING = (
    "cases_caseevent",
    "cases_clockentry",
    "cases_ledgeranchor",
    "privacy_personaldataaccess",
    "privacy_retentionrun",
    "administration_adminrecord",
)


@dataclass
class Installed:
    """A root into which the portal was installed, and what the two runs said."""

    root: Path
    url: str
    first: str
    second: str

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of deploy/ on that root."""
        program, *rest = words
        return subprocess.run(
            [str(ROOT / "deploy" / program), "--root", str(self.root), *rest],
            capture_output=True,
            text=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
            check=False,
        )

    def as_role(self, name: str) -> psycopg.Connection:
        """A connection with the address that the installer wrote."""
        address = (self.root / "etc/portal" / name).read_text(encoding="utf-8")
        return psycopg.connect(address, autocommit=True)


@pytest.fixture(scope="module")
def installed(pristine: Pristine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Installed twice over tables that a superuser had made, as an older installation has them."""
    root = tmp_path_factory.mktemp("root")
    secrets = root / "etc" / "portal"
    secrets.mkdir(parents=True)
    # The rows of the copied database are sealed with the keys of the tests; a secret that is there stays.
    (secrets / "field_keys").write_text(settings.PORTAL_FIELD_KEYS, encoding="utf-8")
    static = root / "var/lib/portal/static"
    static.mkdir(parents=True)
    (static / "staticfiles.json").write_text("{}", encoding="utf-8")
    (root / "var/lib/portal/fonts").symlink_to(settings.PORTAL_FONT_DIR)
    with pristine.copy(root) as url:
        found = Installed(root, url, "", "")
        words = (
            "install",
            "--site",
            "portal.example",
            "--admin-url",
            url,
            "--in-place",
            "--database",
            url.rpartition("/")[2],
        )
        first, second = found.run(*words), found.run(*words)
        assert first.returncode == 0, first.stdout + first.stderr
        assert second.returncode == 0, second.stdout + second.stderr
        found.first, found.second = first.stdout, second.stdout
        try:
            yield found
        finally:
            with psycopg.connect(url, autocommit=True) as admin:
                admin.execute("REASSIGN OWNED BY portal_owner TO CURRENT_USER")
                for role in ("portal_app", "portal_owner"):
                    admin.execute(f"DROP OWNED BY {role}")  # type: ignore[arg-type]
                    admin.execute(f"DROP ROLE {role}")  # type: ignore[arg-type]


def test_second_run_changes_nothing(installed: Installed) -> None:
    assert "/etc/portal/portal.env" in installed.first
    assert installed.second.splitlines()[-1] == "==> nothing was to be changed"


def test_secrets_are_made_and_readable_by_root_alone(installed: Installed) -> None:
    folder = installed.root / "etc/portal"
    modes = {name: (folder / name).stat().st_mode & 0o777 for name in
             ("secret_key", "field_keys", "index_key", "anchor_key", "metrics_token", "database_url", "owner_database_url")}  # fmt: skip
    assert set(modes.values()) <= {0o600, 0o644}, modes
    assert {name: mode for name, mode in modes.items() if mode != 0o600} == {"field_keys": 0o644}, (
        "ours stays"
    )
    sample = (folder / "portal.env").read_text(encoding="utf-8")
    assert "PORTAL_SITE_URL=https://portal.example" in sample
    assert len((folder / "secret_key").read_text(encoding="utf-8")) == 64


def test_database_schema_and_tables_belong_to_the_owner(installed: Installed) -> None:
    with psycopg.connect(installed.url) as admin:
        owners = admin.execute(
            "SELECT pg_get_userbyid(datdba), (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public'),"
            " (SELECT string_agg(DISTINCT tableowner, ',') FROM pg_tables WHERE schemaname = 'public')"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert owners == ("portal_owner", "portal_owner", "portal_owner")


@pytest.mark.parametrize("table", GROWING)
def test_application_may_not_change_what_only_grows(installed: Installed, table: str) -> None:
    with installed.as_role("database_url") as link:
        held = link.execute(
            "SELECT string_agg(word, ',' ORDER BY word) FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE'])"
            " AS word WHERE has_table_privilege(current_user, %s, word)", [table]
        ).fetchone()  # fmt: skip
    assert held == ("INSERT,SELECT",)


def test_application_may_use_what_the_owner_makes_later(installed: Installed) -> None:
    with installed.as_role("owner_database_url") as owner:
        owner.execute("CREATE TABLE later (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
        with installed.as_role("database_url") as application:
            application.execute("INSERT INTO later (word) VALUES ('a')")
            assert application.execute("SELECT id, word FROM later").fetchall() == [(1, "a")]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute("CREATE TABLE smuggled (id int)")
        owner.execute("DROP TABLE later")


def test_restore_works_as_documented_by_the_owner(installed: Installed) -> None:
    """The application's role backs up and is refused as the restorer; the owner restores; the rights are as before."""
    backups = installed.root / "var/backups/portal"
    made = installed.run("manage", "backup", str(backups))
    assert made.returncode == 0, made.stdout + made.stderr
    [folder] = backups.glob("portal-*")
    refused = installed.run("manage", "restore", str(folder), "--yes")
    assert refused.returncode == 1
    assert "owner" in refused.stderr
    done = subprocess.run(
        [ROOT / "deploy/manage", "--root", str(installed.root), "--owner", "restore", str(folder), "--yes"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Verification passed" in done.stdout
    for table in GROWING:
        test_application_may_not_change_what_only_grows(installed, table)
    with installed.as_role("database_url") as link:
        link.execute("SELECT count(*) FROM cases_case")
        link.execute("INSERT INTO django_session VALUES ('k', 'x', now())")
        assert link.execute("DELETE FROM django_session").rowcount == 1


def test_units_are_sound() -> None:
    """systemd reads every unit; what it misses is only what is not installed here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    units = sorted((ROOT / "deploy" / "systemd").iterdir())
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    told = [
        line
        for line in done.stderr.splitlines()
        if "/opt/portal" not in line and "not executable" not in line
    ]
    assert told == []


def test_logrotate_reads_our_file_and_keeps_six_months(tmp_path: Path) -> None:
    text = (ROOT / "deploy/logrotate/portal").read_text(encoding="utf-8")
    assert text.count("rotate 200") == 2
    if shutil.which("logrotate") is None:
        pytest.skip("logrotate is not on this machine")
    sample = tmp_path / "portal"
    sample.write_text(text.replace("su portal adm", "").replace("0640 portal adm", "0640 root root")
                      .replace("0640 www-data adm", "0640 root root"), encoding="utf-8")  # fmt: skip
    sample.chmod(0o644)
    done = subprocess.run(
        ["/usr/sbin/logrotate", "--debug", sample], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr.lower()
