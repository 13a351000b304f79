"""Mails as strangers write them: charsets, markup, files, automatic ones, threads, hostile ones."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.postbox.parsing import own_words, parse


def mail(text: str = "路灯不亮。", **headers: str) -> EmailMessage:
    """A plain letter."""
    message = EmailMessage()
    message["From"] = headers.pop("From", "王小明 <Wang@Example.org>")
    message["Subject"] = headers.pop("Subject", "反映路灯问题")
    message["Message-ID"] = headers.pop("MessageID", "<a1@example.org>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def test_plain_letter() -> None:
    found = parse(mail("北城街道路灯不亮。\n请尽快维修。").as_bytes())
    assert (found.sender_name, found.sender) == ("王小明", "wang@example.org")
    assert (found.subject, found.message_id) == ("反映路灯问题", "a1@example.org")
    assert found.text == "北城街道路灯不亮。\n请尽快维修。"
    assert not (found.automatic or found.bounce or found.attachments)


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8", "big5"])
def test_charsets_of_chinese_mail(charset: str) -> None:
    head = f"From: a@b.cn\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert parse(head.encode() + "中文".encode(charset)).text == "中文"


def test_wrong_charset_is_read_as_chinese() -> None:
    raw = b"From: a@b.cn\r\nContent-Type: text/plain; charset=x-unknown\r\n\r\n" + "路灯".encode("gbk")
    assert parse(raw).text == "路灯"


def test_markup_becomes_words_and_scripts_are_gone() -> None:
    message = EmailMessage()
    message["From"] = "a@b.cn"
    message.set_content(
        "<style>p{color:red}</style><p>路灯<b>不亮</b></p><script>alert(1)</script><p>请维修<img src=x onerror=alert(1)></p>",
        subtype="html",
    )
    assert parse(message.as_bytes()).text == "路灯不亮\n请维修"


def test_plain_part_is_preferred_and_files_are_kept() -> None:
    message = mail("正文")
    message.add_alternative("<p>标记</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="现场说明.pdf")
    found = parse(message.as_bytes())
    assert found.text == "正文"
    assert [(entry.name, entry.data[:4]) for entry in found.attachments] == [("现场说明.pdf", b"%PDF")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<list.example.org>"},
    ],
)
def test_automatic_mail_is_known(headers: dict[str, str]) -> None:
    assert parse(mail(**headers).as_bytes()).automatic


def test_mail_of_a_person_is_not_automatic() -> None:
    assert not parse(mail(Auto_Submitted="no").as_bytes()).automatic


@pytest.mark.parametrize(
    "raw",
    [
        b"From: MAILER-DAEMON@mx.example.org\r\n\r\nx",
        b"From: a@b.cn\r\nReturn-Path: <>\r\n\r\nx",
        b'From: a@b.cn\r\nContent-Type: multipart/report; boundary="x"\r\n\r\n--x--\r\n',
    ],
)
def test_bounce_is_known(raw: bytes) -> None:
    assert parse(raw).bounce


def test_thread_newest_first() -> None:
    found = parse(mail(In_Reply_To="<3@y.cn>", References="<1@y.cn> <2@y.cn> <3@y.cn>").as_bytes())
    assert found.references == ("3@y.cn", "2@y.cn", "1@y.cn")


def test_own_words_without_the_quotation() -> None:
    text = "谢谢，已修好。\n\n在 2026年3月2日，市长信箱 <m@y.cn> 写道：\n> 您的来信已收到。\n> 请稍候。"
    assert own_words(text) == "谢谢，已修好。"
    assert own_words("> 只有引用") == "> 只有引用"


def test_hostile_headers_stay_text() -> None:
    raw = (
        b"From: =?utf-8?b?" + b"5byg" * 3 + b"?= <a@b.cn>\r\n"
        b"Subject: =?utf-8?q?x=0d=0aBcc:_victim=40x.cn?=\r\n\r\n"
        b"x\x00y\xe2\x80\xaez"
    )
    found = parse(raw)
    assert "\n" not in found.subject
    assert "\r" not in found.subject
    assert "\x00" not in found.text
    assert "\u202e" not in found.text


@pytest.mark.parametrize("sender", ["", "nobody", "a@b", "a b@c.cn", "<>"])
def test_sender_that_is_no_address_is_empty(sender: str) -> None:
    assert parse(f"From: {sender}\r\n\r\nx".encode()).sender == ""


@given(st.binary(max_size=600))
def test_any_bytes_are_read_without_an_error(raw: bytes) -> None:
    found = parse(raw)
    assert len(found.text) <= 20_000


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_headers_are_read_without_an_error(subject: str, sender: str) -> None:
    raw = f"From: {sender}\r\nSubject: {subject}\r\nMessage-ID: {subject}\r\n\r\nx".encode(
        "utf-8", "surrogatepass"
    )
    parse(raw)
