"""An IMAP server of one's own for a test run: Debian's dovecot in a private folder, on the loopback address only."""

from __future__ import annotations

import grp
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from postgres import free_port
from terminal import can_install, install_packages

START_SECONDS = 20
CONFIG = """
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_max_userip_connections = 50
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
"""


class DovecotMissing(Exception):
    """There is no IMAP server to be had here; the sentence says why."""


@dataclass(frozen=True)
class ImapServer:
    """Where the server listens, and the one password that every user has."""

    port: int
    password: str


def program() -> str:
    """The server's program; installs it as root on Debian. Raises DovecotMissing."""
    found = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
    if found is None and can_install():
        try:
            install_packages("dovecot-imapd")
        except SystemExit as error:
            raise DovecotMissing("dovecot could not be installed") from error
        found = shutil.which("dovecot", path="/usr/sbin:" + os.environ.get("PATH", ""))
    if found is None:
        raise DovecotMissing(
            "no dovecot on this machine and no root to install it (apt-get install dovecot-imapd)"
        )
    return found


@contextmanager
def temporary_imap() -> Iterator[ImapServer]:
    """A running server with empty mailboxes; it and its folder are gone afterwards. Raises DovecotMissing."""
    dovecot = program()
    user = pwd.getpwnam("dovecot") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    group = grp.getgrgid(user.pw_gid).gr_name
    home = Path(tempfile.mkdtemp(prefix="portal-imap-"))
    password = secrets.token_hex(12)
    port = free_port()
    (home / "mail").mkdir()
    config = home / "dovecot.conf"
    config.write_text(CONFIG.format(home=home, user=user.pw_name, group=group, port=port, password=password))
    if os.geteuid() == 0:
        for path in (home, home / "mail"):
            os.chown(path, user.pw_uid, user.pw_gid)
            path.chmod(0o755)
    log = (home / "out").open("wb")
    server = subprocess.Popen([dovecot, "-F", "-c", str(config)], stdout=log, stderr=log)
    try:
        _wait(port, server, home)
        yield ImapServer(port, password)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()
        shutil.rmtree(home, ignore_errors=True)


def _wait(port: int, server: subprocess.Popen[bytes], home: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                if probe.recv(64).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.1)
    told = " ".join(
        (home / name).read_text(errors="replace") for name in ("out", "log") if (home / name).exists()
    )
    raise DovecotMissing(f"dovecot did not start: {told[-400:]}")
