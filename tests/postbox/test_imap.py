"""The mailbox on a real server (Debian's dovecot): moved, half read, and one that wants to know who reads."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from imapclient import IMAPClient

from portal.postbox import reading
from portal.postbox.models import InboundMail
from portal.postbox.reading import DONE_FOLDER, read_all
from tests.integrity.test_postbox import left_in, letter


def fill(box: IMAPClient, *numbers: int) -> None:
    for number in numbers:
        box.append("INBOX", letter(number))


def test_moved_mailbox_brings_nothing_twice(db: None, box: IMAPClient) -> None:
    fill(box, 1, 2, 3)
    assert read_all() == (3, 0)
    box.select_folder(DONE_FOLDER)
    uid_validity = box.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
    box.copy(box.search("ALL"), "INBOX")
    box.append("INBOX", letter(4))
    assert read_all() == (1, 3)
    box.rename_folder(DONE_FOLDER, "旧")
    box.select_folder("旧")
    box.create_folder("新")
    assert box.folder_status("新", ["UIDVALIDITY"])[b"UIDVALIDITY"] != uid_validity
    box.copy(box.search("ALL"), "INBOX")
    known = len(box.search("ALL"))
    assert read_all() == (0, known)
    assert InboundMail.objects.count() == 4


def test_mail_that_cannot_be_kept_stays_and_the_others_are_read(
    db: None, box: IMAPClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(box, 1, 2, 3)
    real = reading.take_in

    def second_fails(*, raw: bytes, at: Any) -> InboundMail | None:
        if b"<2@example.org>" in raw:
            raise DatabaseError("for this one only")
        return real(raw=raw, at=at)

    monkeypatch.setattr(reading, "take_in", second_fails)
    assert read_all() == (2, 0)
    assert (left_in(box, "INBOX"), left_in(box, DONE_FOLDER)) == (1, 2)
    monkeypatch.undo()
    assert read_all() == (1, 0)
    assert InboundMail.objects.count() == 3


def test_half_read_batch_is_read_to_the_end(
    db: None, box: IMAPClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks after mails have been kept and before they are moved away."""
    fill(box, *range(1, 6))
    monkeypatch.setattr(reading, "BATCH", 2)
    real, calls = reading._put_away, []

    def breaks(client: IMAPClient, uids: list[int]) -> None:
        calls.append(uids)
        if len(calls) == 2:
            raise OSError("gone")
        real(client, uids)

    monkeypatch.setattr(reading, "_put_away", breaks)
    with pytest.raises(OSError, match="gone"):
        read_all()
    assert InboundMail.objects.count() == 4
    monkeypatch.setattr(reading, "_put_away", real)
    assert read_all() == (1, 2)
    assert (InboundMail.objects.count(), left_in(box, "INBOX")) == (5, 0)


def test_reader_says_who_it_is_before_a_folder_is_opened(
    db: None, box: IMAPClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    id_, select = IMAPClient.id_, IMAPClient.select_folder
    monkeypatch.setattr(IMAPClient, "id_", lambda self, who: said.append("ID") or id_(self, who))
    monkeypatch.setattr(
        IMAPClient, "select_folder", lambda self, *folder: said.append("SELECT") or select(self, *folder)
    )
    fill(box, 1)
    assert read_all() == (1, 0)
    assert said == ["ID", "SELECT"]


def test_large_mail_comes_by_itself(db: None, box: IMAPClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH_BYTES", 3000)
    fetched: list[int] = []
    real = reading._take_batch
    monkeypatch.setattr(
        reading, "_take_batch", lambda client, batch: fetched.append(len(batch)) or real(client, batch)
    )
    for number in (1, 2, 3):
        box.append("INBOX", letter(number, "x" * (2900 if number == 2 else 10)))
    assert read_all() == (3, 0)
    assert fetched == [1, 1, 1]
