"""The settings and secrets of /etc/portal as an environment, and manage.py in it."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import secret_files
from host import USER, Host, run

HOME = "/opt/portal"
PLACES = ("PORTAL_FILES_DIR", "PORTAL_SEARCH_DIR", "PORTAL_FONT_DIR", "PORTAL_BACKUP_DIR")


def settings(host: Host) -> dict[str, str]:
    """The lines of portal.env; under a root of its own its folders lie there too."""
    found = {}
    place = host.at("/etc/portal/portal.env")
    for line in place.read_text(encoding="utf-8").splitlines() if place.is_file() else []:
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            found[name.strip()] = value.strip().strip("\"'")
    for name in PLACES:
        if name in found:
            found[name] = str(host.at(found[name]))
    return found


def environment(host: Host, *, owner: bool = False) -> dict[str, str]:
    """As the worker has it; with `owner` connected as the owner of the tables."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_"))
    }
    secret = {name: secret_files.read(host, file) for name, file in secret_files.SECRETS.items()}
    return {
        **kept,
        **settings(host),
        **{name: value for name, value in secret.items() if value},
        "DATABASE_URL": secret_files.read(host, "owner_database_url" if owner else "database_url"),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_ENV": "production",
        "PORTAL_VAR_DIR": str(host.at("/var/lib/portal")),
        "PORTAL_TRUSTED_PROXY_COUNT": "1",
    }


def program(host: Host) -> Path:
    """The Python of the release in service."""
    return host.at(HOME) / ".venv" / "bin" / "python"


def drop_rights() -> None:
    """Go on as the user portal, where this is root and there is such a user."""
    if os.geteuid():
        return
    try:
        user = pwd.getpwnam(USER)
    except KeyError:
        return
    os.setgid(user.pw_gid)
    os.initgroups(USER, user.pw_gid)
    os.setuid(user.pw_uid)
    os.umask(0o027)


def manage(host: Host, *words: str, owner: bool = False, at: Path | None = None, failure: str = "") -> str:
    """A command of manage.py in the release in service, or in the one at `at`; what it printed. Raises Stop."""
    home = at or host.at(HOME)
    python = home / ".venv" / "bin" / "python"
    return run(
        [python, "manage.py", *words],
        cwd=home,
        only=environment(host, owner=owner),
        failure=failure,
        preexec_fn=drop_rights if host.real else None,
    )
