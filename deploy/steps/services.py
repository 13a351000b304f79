"""nginx, systemd and logrotate: our files, with this site's name, checked before anything is started."""

from __future__ import annotations

import shutil
import subprocess

from host import PROXY, SOURCE, USER, Host, run

UNITS = (
    "portal-web.socket",
    "portal-web.service",
    "portal-worker.service",
    "portal-backup.service",
    "portal-backup.timer",
    "portal-doctor.service",
    "portal-doctor.timer",
)
STARTED = (
    "portal-web.socket",
    "portal-web.service",
    "portal-worker.service",
    "portal-backup.timer",
    "portal-doctor.timer",
)
SAMPLE = "portal.example"
ENABLED = "/etc/nginx/sites-enabled/portal.conf"
AVAILABLE = "/etc/nginx/sites-available/portal.conf"


def users(host: Host) -> None:
    """The user portal; nginx's user may read what belongs to its group."""
    if not host.real:
        return
    if not host.has_user(USER):
        run(["useradd", "--system", "--home-dir", "/var/lib/portal", "--shell", "/usr/sbin/nologin", USER])
        host.note(f"user {USER}")
    if host.has_user(PROXY) and USER not in run(["id", "-nG", PROXY]).split():
        run(["usermod", "-aG", USER, PROXY])
        host.note(f"{PROXY} in group {USER}")


def settings(host: Host, site: str) -> None:
    """portal.env from the sample, once: what an operator wrote into it stays."""
    sample = (SOURCE / "deploy" / "portal.env.sample").read_text(encoding="utf-8")
    host.write("/etc/portal/portal.env", sample.replace(SAMPLE, site), 0o640, USER, keep=True)


def nginx(host: Host, site: str) -> bool:
    """The site, its pages and its headers; a certificate of its own making where there is none. True if anything changed."""
    before = len(host.changed)
    for page in sorted((SOURCE / "deploy" / "nginx" / "pages").iterdir()):
        host.copy(f"deploy/nginx/pages/{page.name}", f"/etc/portal/pages/{page.name}")
    host.copy("deploy/nginx/proxy_headers.conf", "/etc/portal/proxy_headers.conf")
    sample = (SOURCE / "deploy" / "nginx" / "portal.conf").read_text(encoding="utf-8")
    host.write(AVAILABLE, sample.replace(SAMPLE, site))
    link = host.at(ENABLED)
    if not link.is_symlink():
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(AVAILABLE)
        host.note(ENABLED)
    default = host.at(
        "/etc/nginx/sites-enabled/default"
    )  # Debian's own site answers to any name: ours refuses them
    if default.is_symlink():
        default.unlink()
        host.note("Debian's default site is off")
    _certificate(host, site)
    # The folder with the settings is the group's; nginx and its pages need to pass through it.
    host.at("/etc/portal/pages").chmod(0o755)
    return len(host.changed) > before


def _certificate(host: Host, site: str) -> None:
    folder = host.at("/etc/portal/tls")
    if (folder / "fullchain.pem").exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
         "-subj", f"/CN={site}", "-addext", f"subjectAltName=DNS:{site}",
         "-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"])  # fmt: skip
    (folder / "key.pem").chmod(0o600)
    host.note("a certificate of this machine's own for 30 days: put the real one into /etc/portal/tls")


def units(host: Host) -> bool:
    """The units as they are in the release. True if one changed."""
    changed = [host.copy(f"deploy/systemd/{name}", f"/etc/systemd/system/{name}") for name in UNITS]
    return any(changed)


def logrotate(host: Host) -> None:
    """Logs are kept for six months at least."""
    host.copy("deploy/logrotate/portal", "/etc/logrotate.d/portal")


def verify_units(host: Host) -> None:
    """Let systemd read the units. Raises Stop if it finds fault with them."""
    if host.real and shutil.which("systemd-analyze"):
        run(["systemd-analyze", "verify", *(str(host.at(f"/etc/systemd/system/{name}")) for name in UNITS)])


def has_systemd() -> bool:
    """Whether systemd runs this machine; in an image or a chroot it does not."""
    done = subprocess.run(["systemctl", "is-system-running"], capture_output=True, text=True, check=False)
    return done.stdout.strip() in {"running", "degraded", "starting", "initializing", "maintenance"}


def start(host: Host) -> None:
    """Everything enabled and running; on a machine that systemd does not run, only said so."""
    if not host.real:
        return
    if not shutil.which("systemctl") or not has_systemd():
        host.note("systemd does not run here: nothing was started")
        return
    run(["systemctl", "daemon-reload"])
    run(["systemctl", "enable", "--now", *STARTED])
    run(["nginx", "-t"])
    run(["systemctl", "reload-or-restart", "nginx"])
