"""Real mail servers for tests: aiosmtpd takes what the portal sends, Debian's dovecot holds what it reads."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from imapclient import IMAPClient

sys.path.insert(0, str(Path(django_settings.BASE_DIR) / "scripts"))
from dovecot import DovecotMissing, ImapServer, temporary_imap


class Postbox:
    """Keeps what comes in; refuses the first few if told so."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """aiosmtpd's hook."""
        if self.refuse:
            self.refuse -= 1
            return "451 try again later"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A real SMTP server on loopback, and the portal told to use it."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


@pytest.fixture(scope="session")
def imap() -> Iterator[ImapServer]:
    """A running dovecot; without one the tests that need it are skipped with the reason."""
    try:
        with temporary_imap() as server:
            yield server
    except DovecotMissing as missing:
        pytest.skip(f"IMAP TESTS NOT RUN: {missing}")


@pytest.fixture
def box(imap: ImapServer, settings: Any, request: pytest.FixtureRequest) -> IMAPClient:
    """The portal's own mailbox, empty and this test's own, and the portal told to read it."""
    user = "".join(sign if sign.isalnum() else "-" for sign in request.node.name)[:60]
    settings.PORTAL_IMAP_HOST, settings.PORTAL_IMAP_PORT = "127.0.0.1", imap.port
    settings.PORTAL_IMAP_USER, settings.PORTAL_IMAP_PASSWORD = user, imap.password
    settings.PORTAL_IMAP_TLS = False
    client = IMAPClient("127.0.0.1", port=imap.port, ssl=False)
    client.login(user, imap.password)
    client.select_folder("INBOX")
    return client
