"""Reading a mailbox over IMAP: what has been kept is moved away, what has not stays."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from portal.postbox.actions import take_in

BATCH = 20
SECONDS = 30
DONE_FOLDER = "已接收"


class NoPostbox(RuntimeError):
    """No mailbox is configured (PORTAL_IMAP_HOST)."""


@contextmanager
def _connection() -> Iterator[IMAPClient]:
    if not settings.PORTAL_IMAP_HOST:
        raise NoPostbox("PORTAL_IMAP_HOST 未设置，不接收电子邮件")
    context = ssl.create_default_context() if settings.PORTAL_IMAP_TLS else None
    client = IMAPClient(
        settings.PORTAL_IMAP_HOST,
        port=settings.PORTAL_IMAP_PORT,
        ssl=settings.PORTAL_IMAP_TLS,
        ssl_context=context,
        timeout=SECONDS,
        use_uid=True,
    )
    try:
        client.login(settings.PORTAL_IMAP_USER, settings.PORTAL_IMAP_PASSWORD)
        yield client
    finally:
        try:
            client.logout()
        except (IMAPClientError, OSError):
            client.shutdown()


def read_all() -> tuple[int, int]:
    """Take in every mail of the INBOX and move it away; gives (new, seen before).

    A mail is moved only after it has been kept, so a reader that dies in between finds it again and knows it.
    """
    new = known = 0
    with _connection() as client:
        if not client.folder_exists(DONE_FOLDER):
            client.create_folder(DONE_FOLDER)
        client.select_folder("INBOX")
        uids = sorted(client.search("ALL"))
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            kept = []
            for uid, data in client.fetch(batch, ["BODY.PEEK[]"]).items():
                row = take_in(raw=data[b"BODY[]"], at=timezone.now())
                new, known = new + (row is not None), known + (row is None)
                kept.append(uid)
            _put_away(client, kept)
    return new, known


def _put_away(client: IMAPClient, uids: list[int]) -> None:
    if not uids:
        return
    if b"MOVE" in client.capabilities():
        client.move(uids, DONE_FOLDER)
        return
    client.copy(uids, DONE_FOLDER)
    client.delete_messages(uids)
    client.expunge(uids)
