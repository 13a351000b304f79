"""deploy/upgrade, run in the tree of the new release: backup, new tables and columns, hand-over, without a failed request.

The old processes go on while tables and columns are added (a release only adds, the next one takes away: see
docs/operations.md), then the socket stays open while the web server is started anew and the worker ends what it has begun.
Whatever fails before the hand-over leaves the old release in service.
"""

from __future__ import annotations

import argparse
import time
import urllib.error
import urllib.request
from pathlib import Path

import postgres_roles
import releases
import services
import surroundings
from host import Host, Stop, run, say
from postgres_roles import Admin

READY_SECONDS = 60
BACKUPS = "/var/backups/portal"


def arguments() -> argparse.Namespace:
    """What the person at the terminal said."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--admin-url", default="", help="superuser of PostgreSQL; default: the user postgres")
    parser.add_argument("--database", default=postgres_roles.DATABASE, help="its name in PostgreSQL")
    parser.add_argument(
        "--root", type=Path, default=Path("/"), help="where deploy/install has put everything"
    )
    parser.add_argument("--in-place", action="store_true", help="serve this very tree with its own .venv")
    parser.add_argument("--without-backup", action="store_true", help="there is one of this minute already")
    return parser.parse_args()


def main() -> None:
    """Every step in its order."""
    told = arguments()
    host = Host(told.root.resolve())
    if not surroundings.program(host).exists():
        raise Stop("Nothing is installed here; run deploy/install first.")
    old = host.at(surroundings.HOME).resolve()
    say(f"==> from {old.name}")
    release = releases.in_place(host) if told.in_place else releases.lay(host)
    if not told.without_backup:
        say("==> backup")
        say("    " + surroundings.manage(host, "backup", str(host.at(BACKUPS))).strip())
    say("==> tables and columns")
    postgres_roles.grants(Admin(told.admin_url, told.database))
    surroundings.manage(host, "migrate", "--noinput", "-v", "0", owner=True, at=release)
    surroundings.manage(host, "collectstatic", "--noinput", "-v", "0", at=release)
    say("==> hand over")
    releases.put_in_service(host, release)
    services.units(host)
    restart(host)
    releases.forget_old(host)
    say(f"==> {release.name} is in service; back with: ln -sfn {old} {surroundings.HOME} and a restart")


def restart(host: Host) -> None:
    """The web server on the socket that stays open, then the worker; wait until the new one is ready."""
    if not host.real or not services.has_systemd():
        say("    systemd does not run here: start the processes anew by hand")
        return
    run(["systemctl", "daemon-reload"])
    run(["systemctl", "restart", "portal-web.service"])
    run(["systemctl", "restart", "portal-worker.service"])
    wait_until_ready("http://127.0.0.1:8000/readyz")


def wait_until_ready(address: str) -> None:
    """Raises Stop if it is not ready in time."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    raise Stop(
        f"{address} does not say that it is ready: look with journalctl -u portal-web, and go back if need be."
    )


if __name__ == "__main__":
    main()
