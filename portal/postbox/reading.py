"""Reading a mailbox over IMAP: what has been kept is moved away, what has not stays."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from portal.postbox.actions import take_in

log = logging.getLogger("portal.postbox")

BATCH = 20
BATCH_BYTES = 20 * 1024 * 1024
SECONDS = 30
DONE_FOLDER = "已接收"
# Told to servers that serve nobody who does not say what it is (163, QQ); RFC 2971.
IDENTITY = {"name": "yuxi-portal", "version": "1", "vendor": "yuxi"}


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
        _introduce(client)
        yield client
    finally:
        try:
            client.logout()
        except (IMAPClientError, OSError):
            client.shutdown()


def _introduce(client: IMAPClient) -> None:
    """Say who reads, where the server wants to know; one that does not understand it is read all the same."""
    if not client.has_capability("ID"):
        return
    try:
        client.id_(IDENTITY)
    except IMAPClientError:
        log.warning("the mail server did not take the ID")


def read_all() -> tuple[int, int]:
    """Take in every mail of the INBOX and move it away; gives (new, seen before).

    Each mail is taken by itself. One is moved only after it has been kept, so a reader that dies in between finds it
    again and knows it by its content, whatever number the server gives it then (a new UIDVALIDITY).
    """
    new = known = 0
    with _connection() as client:
        if not client.folder_exists(DONE_FOLDER):
            client.create_folder(DONE_FOLDER)
        client.select_folder("INBOX")
        for batch in _batches(client):
            fresh, old = _take_batch(client, batch)
            new, known = new + fresh, known + old
    return new, known


def _batches(client: IMAPClient) -> Iterator[list[int]]:
    """The mails' numbers, few and small enough at a time for the memory; a large one comes by itself."""
    uids = sorted(client.search("ALL"))
    sizes = client.fetch(uids, ["RFC822.SIZE"]) if uids else {}
    batch: list[int] = []
    total = 0
    for uid in uids:
        size = sizes.get(uid, {}).get(b"RFC822.SIZE", 0)
        if batch and (len(batch) == BATCH or total + size > BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch


def _take_batch(client: IMAPClient, batch: list[int]) -> tuple[int, int]:
    """Take in these mails and move away those that have been kept; gives (new, seen before)."""
    new = known = 0
    kept = []
    fetched = client.fetch(batch, ["BODY.PEEK[]"])
    for uid in sorted(fetched):
        raw = fetched[uid].get(b"BODY[]")
        if raw is None:
            continue
        try:
            row = take_in(raw=raw, at=timezone.now())
        except Exception:  # the boundary of one mail: it stays where it is, and the next one is taken
            log.exception("a mail could not be kept", extra={"uid": uid})
            continue
        new, known = new + (row is not None), known + (row is None)
        kept.append(uid)
    _put_away(client, kept)
    return new, known


def _put_away(client: IMAPClient, uids: list[int]) -> None:
    if not uids:
        return
    if client.has_capability("MOVE"):
        client.move(uids, DONE_FOLDER)
        return
    client.copy(uids, DONE_FOLDER)
    client.delete_messages(uids)
    client.expunge(uids)
