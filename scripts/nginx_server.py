"""An nginx of one's own for a test run, with the very files of deploy/nginx, on the loopback address only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from postgres import free_port
from quiet_install import install_without_starting
from terminal import ROOT, can_install

SAMPLES = ROOT / "deploy" / "nginx"
SITE = "portal.example"
START_SECONDS = 10
FRAME = """
daemon off;
{user}
worker_processes 1;
pid {home}/nginx.pid;
error_log {home}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    include mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/portal.conf;
}}
"""
TYPES = "types { text/html html; text/css css; application/javascript js; image/svg+xml svg; font/woff2 woff2; }\n"


class NginxMissing(Exception):
    """There is no nginx to be had here; the sentence says why."""


@dataclass(frozen=True)
class Nginx:
    """Where it listens, and the certificate to trust."""

    http: int
    https: int
    certificate: Path
    home: Path


def program() -> str:
    """nginx; installs it as root on Debian. Raises NginxMissing."""
    found = _find()
    if found is None and can_install():
        try:
            install_without_starting("nginx-light")
        except SystemExit as error:
            raise NginxMissing("nginx could not be installed") from error
        found = _find()
    if found is None:
        raise NginxMissing("no nginx on this machine and no root to install it (apt-get install nginx-light)")
    return found


def _find() -> str | None:
    return shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))


def adapted(text: str, changes: Mapping[str, str]) -> str:
    """The sample with this machine's ports and folders. Raises ValueError for a change that met nothing."""
    for old, new in changes.items():
        if old not in text:
            raise ValueError(f"deploy/nginx/portal.conf no longer says {old!r}")
        text = text.replace(old, new)
    return text


@contextmanager
def temporary_nginx(application: int, static: Path) -> Iterator[Nginx]:
    """nginx in front of the application's port, serving `static`.

    Raises NginxMissing, and RuntimeError if it refuses the files: that is a fault of theirs, not of the machine.
    """
    found = program()
    home = Path(tempfile.mkdtemp(prefix="portal-nginx-"))
    served = Nginx(free_port(), free_port(), home / "tls" / "fullchain.pem", home)
    try:
        _write(home, served, application, static)
        with (home / "out").open("wb") as log:
            process = subprocess.Popen(
                [found, "-p", str(home), "-e", str(home / "error.log"), "-c", str(home / "nginx.conf")],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            _wait(process, home)
            yield served
        finally:
            process.terminate()
            process.wait(timeout=20)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _write(home: Path, served: Nginx, application: int, static: Path) -> None:
    (home / "cache").mkdir()
    shutil.copytree(SAMPLES / "pages", home / "pages")
    shutil.copy(SAMPLES / "proxy_headers.conf", home)
    make_certificate(home / "tls")
    text = (SAMPLES / "portal.conf").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "listen [::]" not in line]
    changes = {
        "listen 80": f"listen 127.0.0.1:{served.http}",
        "listen 443": f"listen 127.0.0.1:{served.https}",
        "http://127.0.0.1:8000": f"http://127.0.0.1:{application}",
        "/etc/portal/": f"{home}/",
        "/var/lib/portal/static/": f"{static}/",
        "/var/cache/portal": str(home / "cache"),
        "/var/log/nginx/": f"{home}/",
    }
    (home / "portal.conf").write_text(adapted("\n".join(kept) + "\n", changes), encoding="utf-8")
    (home / "mime.types").write_text(TYPES, encoding="ascii")
    user = "user root;" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(FRAME.format(home=home, user=user), encoding="utf-8")


def make_certificate(folder: Path) -> None:
    """A certificate of portal.example for a day, signed by itself."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, SITE)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(SITE)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _wait(process: subprocess.Popen[bytes], home: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if (home / "nginx.pid").exists():
            return
        time.sleep(0.05)
    told = "".join(
        path.read_text(errors="replace") for path in (home / "out", home / "error.log") if path.exists()
    )
    raise RuntimeError(f"nginx did not start with deploy/nginx/portal.conf: {told[-500:]}")
