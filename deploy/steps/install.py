"""deploy/install: from a machine with Debian 12 or 13 to a portal that runs; run twice it changes nothing the second time.

Makes the user, folders, /etc/portal/portal.env with secrets as files, database and roles of PostgreSQL, tables, nginx, the
units of systemd, timers and logrotate, and ends with what `manage.py doctor` says. What an operator wrote stays.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path

import postgres_roles
import releases
import secret_files
import services
import surroundings
from host import Host, Stop, run, say
from postgres_roles import Admin

DEBIAN = {"12", "13"}
PACKAGES = (
    "python3", "python3-venv", "postgresql", "postgresql-client", "nginx-light", "logrotate", "openssl", "clamav-daemon",
    "clamav-freshclam", "redis-server", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig",
    "tesseract-ocr", "tesseract-ocr-chi-sim", "libreoffice-writer-nogui",
)  # fmt: skip
STEPS = (
    "packages",
    "users",
    "folders",
    "release",
    "settings",
    "database",
    "tables",
    "nginx",
    "units",
    "start",
)


def arguments() -> argparse.Namespace:
    """What the person at the terminal said."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", required=True, help="the site's name, as in https://NAME")
    parser.add_argument(
        "--admin-url", default="", help="superuser of PostgreSQL; default: the user postgres of this machine"
    )
    parser.add_argument("--database", default=postgres_roles.DATABASE, help="its name in PostgreSQL")
    parser.add_argument(
        "--root", type=Path, default=Path("/"), help="put everything below this folder: a trial, an image"
    )
    parser.add_argument("--in-place", action="store_true", help="serve this very tree with its own .venv")
    parser.add_argument("--without", default="", help=f"steps to leave out, of: {','.join(STEPS)}")
    return parser.parse_args()


def main() -> None:
    """Every step in its order."""
    told = arguments()
    host, admin = Host(told.root.resolve()), Admin(told.admin_url, told.database)
    left_out = set(filter(None, told.without.split(",")))
    if left_out - set(STEPS):
        raise Stop(f"No such step: {', '.join(sorted(left_out - set(STEPS)))}.")
    if host.real:
        check_machine()

    def wanted(name: str) -> bool:
        if name not in left_out:
            say(f"==> {name}")
        return name not in left_out

    if host.real and wanted("packages"):
        packages(host)
    if wanted("users"):
        services.users(host)
    if wanted("folders"):
        releases.folders(host)
    release = releases.in_place(host) if told.in_place else releases.lay(host)
    if wanted("release"):
        releases.put_in_service(host, release)
        releases.fonts(host, release)
    if wanted("settings"):
        secret_files.make(host)
        services.settings(host, told.site)
    if wanted("database"):
        postgres_roles.make(host, admin)
    if wanted("tables"):
        tables(host)
    if wanted("nginx"):
        services.nginx(host, told.site)
    if wanted("units"):
        services.units(host)
        services.logrotate(host)
        services.verify_units(host)
    if wanted("start"):
        services.start(host)
    say(f"==> {len(host.changed)} changes" if host.changed else "==> nothing was to be changed")


def check_machine() -> None:
    """Raises Stop where this cannot work."""
    if os.geteuid():
        raise Stop("deploy/install needs root.")
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        system = {}
    if system.get("ID") != "debian" or system.get("VERSION_ID") not in DEBIAN:
        raise Stop("deploy/install is for Debian 12 and 13; elsewhere follow docs/operations.md by hand.")


def packages(host: Host) -> None:
    """Debian's packages that are not there yet."""
    asked = run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n"]).splitlines()
    there = {line.split()[0] for line in asked if " ii" in line}
    missing = [name for name in PACKAGES if name not in there]
    if not missing:
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "l"}
    run(["apt-get", "update", "-q"], env=quiet)
    run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing], env=quiet)
    host.note(f"packages {' '.join(missing)}")


def tables(host: Host) -> None:
    """Tables by their owner, the organisation, the columns, the static files."""
    before = surroundings.manage(host, "showmigrations", "--plan", owner=True)
    if "[ ]" in before:
        surroundings.manage(host, "migrate", "--noinput", "-v", "0", owner=True)
        host.note("tables")
        surroundings.manage(host, "load_organisation")
        surroundings.manage(host, "load_catalogue")
    if not (host.at("/var/lib/portal/static") / "staticfiles.json").is_file():
        surroundings.manage(host, "collectstatic", "--noinput", "-v", "0")
        host.note("static files")


if __name__ == "__main__":
    main()
