"""One mail cannot stop the next: processor time, memory, death and errors are bounded for each (stand-ins)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.postbox import guard
from portal.postbox.guard import MailReader, MailUnreadable
from portal.postbox.parsing import parse
from tests.unit.test_mail_parsing import mail

pytestmark = pytest.mark.one_engine


@pytest.fixture(name="reader")
def bounded() -> Iterator[MailReader]:
    """A reader with little time, whose child knows five bad mails."""
    made = MailReader("tests.postbox.stand_ins.reader", seconds=0.3)
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"endless", "读取邮件用时过长，已经停止"),
        (b"in C", "读取邮件用时过长，已经停止"),
        (b"dies", "读取邮件的进程意外终止"),
        (b"too much", "邮件结构无法识别（MemoryError）"),
        (b"raises", "邮件结构无法识别（LookupError）"),
    ],
)
def test_bad_mail_is_told_and_the_next_is_read(reader: MailReader, raw: bytes, reason: str) -> None:
    with pytest.raises(MailUnreadable) as told:
        reader.read(raw)
    assert str(told.value) == reason
    assert reader.read(b"the next").text == "the next"


def test_mail_that_is_too_large_is_not_read(reader: MailReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 3 * 1024 * 1024)
    with pytest.raises(MailUnreadable, match="邮件超过3 MB，没有读取"):
        reader.read(b"x" * (3 * 1024 * 1024 + 1))


def test_child_gives_what_the_reader_gives() -> None:
    message = mail("正文", In_Reply_To="<1@y.cn>", Return_Path="<>")
    message.add_attachment(bytes(range(256)) * 300, maintype="image", subtype="png", filename="照片.png")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="说明.pdf")
    assert guard.read(message.as_bytes()) == parse(message.as_bytes())


def test_child_gets_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_FIELD_KEYS", "1:secret")
    own = MailReader()
    own.read(b"From: a@b.cn\r\n\r\nx")
    assert own._child is not None
    with open(f"/proc/{own._child.pid}/environ", "rb") as handle:
        assert b"PORTAL_" not in handle.read()
    own.stop()
