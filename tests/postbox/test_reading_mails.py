"""Single habits of mail programs, each with what is read in it."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from bench.mails import wrappings
from portal.postbox.parsing import parse
from portal.postbox.reader.charsets import decode
from portal.postbox.reader.heads import address_of, parameters, words
from portal.postbox.reader.markup import harmless, words_of
from tests.unit.test_mail_parsing import mail

pytestmark = pytest.mark.one_engine

HEAD = b"From: a@b.cn\r\nMessage-ID: <1@b.cn>\r\n"


def parts(*pieces: bytes, kind: str = "mixed") -> bytes:
    inner = b"".join(b"--x\r\n" + piece + b"\r\n" for piece in pieces)
    return HEAD + f"Content-Type: multipart/{kind}; boundary=x\r\n\r\n".encode() + inner + b"--x--\r\n"


def text(words: str, more: str = "") -> bytes:
    return f"Content-Type: text/plain; charset=utf-8{more}\r\n\r\n".encode() + words.encode()


def told(raw: bytes) -> list[tuple[str, str]]:
    return [(entry.what, entry.why) for entry in parse(raw).left_out]


@pytest.mark.parametrize(
    "charset", ["undefined", "x-none", '"utf-8', "rot13", "hex", "a\x00b", "unicode-1-1-utf-7"]
)
def test_charset_that_is_none_stops_nothing(charset: str) -> None:
    raw = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + "路灯不亮".encode()
    assert parse(raw).text == "路灯不亮"


@pytest.mark.parametrize(
    ("said", "codec", "written"),
    [
        ("gb2312", "gbk", "朱镕"),
        ("gb2312", "gb18030", "梁䶮"),
        ("iso-8859-1", "gbk", "路灯不亮"),
        ("", "gbk", "联通路灯"),
        ("utf-8", "gbk", "路灯不亮"),
        ("gbk", "utf-8", "路灯不亮"),
        ("", "hz", "路灯"),
        ("iso-8859-1", "latin-1", "café très"),
        ("koi8-r", "koi8-r", "привет"),
        ("", "utf-16", "路灯"),
    ],
)
def test_bytes_say_what_they_are(said: str, codec: str, written: str) -> None:
    assert decode(written.encode(codec), said) == written


def test_stray_byte_costs_only_itself_and_is_told() -> None:
    raw = (
        HEAD
        + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
        + "路灯".encode()
        + b"\xff"
        + "不亮".encode()
    )
    assert parse(raw).text == "路灯\ufffd不亮"
    assert told(raw) == [("正文", "有1处字节无法识别，以“\ufffd”代替")]


def test_encoded_words_cut_within_a_sign_are_joined() -> None:
    data = "关于路灯".encode("gbk")
    pieces = [b"=?gb2312?B?" + base64.b64encode(piece) + b"?=" for piece in (data[:3], data[3:])]
    assert words(b"\r\n ".join(pieces)) == "关于路灯"


def test_quoted_name_with_another_address_is_no_sender() -> None:
    assert address_of('"王 <mayor@city.cn>" <Wang@b.cn>'.encode()) == ("王 <mayor@city.cn>", "wang@b.cn")


@pytest.mark.parametrize(
    "head",
    [
        b'attachment; filename="' + "说明.pdf".encode("gbk") + b'"',
        b"attachment; filename*=gb2312''%CB%B5%C3%F7.pdf",
        b"attachment; filename*0*=utf-8''%E8%AF%B4; filename*1*=%E6%98%8E; filename*2=.pdf",
        b'attachment; filename="=?gbk?B?' + base64.b64encode("说明.pdf".encode("gbk")) + b'?="',
        b'attachment; filename="%E8%AF%B4%E6%98%8E.pdf"',
    ],
)
def test_names_of_files(head: bytes) -> None:
    assert parameters(head)[1]["filename"] == "说明.pdf"


def test_all_texts_in_order_around_an_inline_file() -> None:
    pdf = b"Content-Type: application/pdf\r\nContent-Disposition: inline; filename=a.pdf\r\n\r\n%PDF-1.4"
    found = parse(parts(text("第一段"), pdf, text("第二段")))
    assert found.text == "第一段\n\n第二段"
    assert [(entry.name, entry.data) for entry in found.attachments] == [("a.pdf", b"%PDF-1.4")]


def test_empty_plain_part_does_not_hide_the_markup() -> None:
    marked = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>路灯</p>".encode()
    assert parse(parts(text(" "), marked, kind="alternative")).text == "路灯"
    stub = text("您的邮件客户端不支持HTML格式")
    assert parse(parts(stub, marked, kind="alternative")).text == "路灯"


def test_mail_in_a_mail_keeps_its_words_and_files() -> None:
    inner = parts(text("转来的话"), b"Content-Type: image/png; name=p.png\r\n\r\nPNG")
    inner = inner.replace(b"boundary=x", b"boundary=y").replace(b"--x", b"--y")
    found = parse(parts(text("请看"), b"Content-Type: message/rfc822\r\n\r\n" + inner))
    assert found.text == "请看\n\n【所附邮件】（a@b.cn）\n转来的话"
    assert [entry.name for entry in found.attachments] == ["p.png"]


def test_signature_is_named_and_is_no_attachment() -> None:
    mark = b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx"
    raw = parts(text("正文"), mark, kind="signed")
    assert (parse(raw).text, parse(raw).attachments) == ("正文", ())
    assert told(raw) == [("smime.p7s", "电子签名，不作为附件")]


def test_signed_envelope_is_opened_and_a_sealed_one_told() -> None:
    head = (
        HEAD
        + b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    assert parse(head + base64.encodebytes(wrappings.signed(text("正文")))).text == "正文"
    sealed = head + base64.encodebytes(b"0\x80nothing")
    assert (parse(sealed).sort, parse(sealed).reason) == ("unreadable", "邮件已加密，无法读取")


def test_winmail_is_opened_and_a_broken_one_told() -> None:
    head = b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    good = head + base64.encodebytes(wrappings.winmail("现场说明.pdf", b"%PDF-1.4 content of it"))
    files = parse(parts(text("正文"), good)).attachments
    assert [(entry.name, entry.data) for entry in files] == [("现场说明.pdf", b"%PDF-1.4 content of it")]
    assert told(parts(text("正文"), head + b"AAAA")) == [("winmail.dat", "无法打开的 Outlook 格式文件")]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&amp;code=1", "现场.mp4"),
        ("https://wx.mail.qq.com/ftn/download?func=3&key=1", "现场.mp4"),
        (
            "https://mail.163.com/large-attachment-download/index.html?p=1&title=%E8%A7%86%E9%A2%91.mp4",
            "视频.mp4",
        ),
        ("https://dashi.163.com/html/cloud-attachment-download/?key=1", "现场.mp4"),
    ],
)
def test_large_file_kept_elsewhere_is_told(link: str, name: str) -> None:
    message = EmailMessage()
    message["From"] = "a@b.cn"
    message.set_content(f'<p>正文</p><div>超大附件</div><a href="{link}">现场.mp4 (1.2G)</a>', subtype="html")
    assert name in [what for what, why in told(message.as_bytes()) if "以链接方式发送" in why]


def test_ordinary_link_is_no_large_file() -> None:
    assert told(mail("见 https://mail.qq.com/ 和 https://www.163.com/news.html").as_bytes()) == []


def test_two_hundred_levels_are_read_as_far_as_told() -> None:
    raw = text("深处")
    for level in range(200):
        raw = f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n".encode() + raw
    assert told(HEAD + raw) == [("嵌套过深的部分", "邮件结构过于复杂，其余部分见邮件原件")]


def test_mail_without_from_is_its_reply_address() -> None:
    found = parse(b"Reply-To: Wang <w@b.cn>\r\nSubject: x\r\n\r\ntext")
    assert (found.sender, found.sort) == ("w@b.cn", "letter")


def test_markup_shown_has_nothing_that_acts() -> None:
    marked = (
        '<p onclick="x()" style="background:url(http://e.cn/a)">路灯<img src="http://e.cn/t.gif"></p><script>x()</script>'
        '<a href="javascript:x()">链接</a><form action="http://e.cn"><input></form><iframe src="http://e.cn"></iframe>'
        '<meta http-equiv="refresh" content="0"><svg><use href="http://e.cn/a"/></svg><base href="http://e.cn">'
    )
    assert harmless(marked) == "<p>路灯</p>链接"


def test_quotation_in_markup_is_marked() -> None:
    assert (
        words_of("<p>我的话</p><blockquote><p>引文</p></blockquote><p>再说</p>") == "我的话\n\n> 引文\n\n再说"
    )
