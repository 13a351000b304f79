"""Files that a mail only points to: large attachments that QQ, 163 and others keep on their own servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from portal.postbox.reader.heads import clean
from portal.postbox.reader.values import LeftOut

LINK = re.compile(r"https?://[^\s<>\"'）)]{4,2000}")
# (host ends with, the address holds one of these; nothing for any address of the host)
SERVICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mail.qq.com", ("ftn", "attachment/download", "bigfile")),
    ("exmail.qq.com", ("ftn", "bigfile")),
    ("mail.ftn.qq.com", ()),
    ("ftn.qq.com", ()),
    ("wx.mail.qq.com", ("ftn", "bigfile")),
    ("mail.163.com", ("large-attachment", "huge-attachment", "cloud-attachment", "filehub")),
    ("mail.126.com", ("large-attachment", "huge-attachment", "cloud-attachment", "filehub")),
    ("mail.yeah.net", ("large-attachment", "huge-attachment", "cloud-attachment")),
    ("dashi.163.com", ("attachment",)),
    ("fs.163.com", ()),
    ("u.163.com", ()),
    ("mail.10086.cn", ("largefile", "bigfile", "filedown", "attach")),
    ("mail.sina.com.cn", ("bigattach", "netdisk", "filecenter")),
    ("mail.aliyun.com", ("bigattach", "attachment", "netdisk")),
    ("icloud.com", ("/attachment",)),
    ("1drv.ms", ()),
    ("drive.google.com", ("/file/", "open?id")),
    ("pan.baidu.com", ()),
    ("cloud.189.cn", ()),
)
WORDS = re.compile(r"(超大附件|云附件|云端附件|文件中转站|大附件)")
ENDING = re.compile(
    r"([^\s/\\<>|:：*?\"，。]{1,100}\.[A-Za-z0-9]{1,5})\s{0,4}[（(\[]\s?[\d.,]{1,9}\s?[KMGkmg](?:i?[Bb])?\b"
)
WHY = "以链接方式发送的超大附件没有收取，请压缩或者拆分后作为普通附件发送，或者送交纸质材料"
DEFAULT = "超大附件"
MOST = 20


def kept_elsewhere(text: str, markup: str) -> list[LeftOut]:
    """One entry for each large attachment that the mail only links to."""
    content = f"{text}\n{markup}"
    links = list(dict.fromkeys(link for link in LINK.findall(content) if _is_service(link)))
    told = WORDS.search(text) is not None
    if not links:
        return []
    names = list(dict.fromkeys(clean(unquote(name)) for link in links if (name := _name_in(link))))
    if told or not names:
        names = list(dict.fromkeys([*names, *ENDING.findall(text)]))
    return [LeftOut(name, WHY) for name in (names or [DEFAULT])[:MOST]]


def _is_service(link: str) -> bool:
    parts = urlsplit_or_none(link)
    if parts is None:
        return False
    host, rest = parts
    for ending, marks in SERVICES:
        if (host == ending or host.endswith(f".{ending}")) and (not marks or any(m in rest for m in marks)):
            return True
    return False


def urlsplit_or_none(link: str) -> tuple[str, str] | None:
    """(host, path with query in lower case); None for an address that is none."""
    try:
        parts = urlsplit(link.replace("&amp;", "&"))
        return (parts.hostname or "").lower(), f"{parts.path}?{parts.query}".lower()
    except ValueError:
        return None


def _name_in(link: str) -> str:
    """A file's name that the address itself holds."""
    try:
        query = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
    except ValueError:
        return ""
    return next(_names(query), "")


def _names(query: dict[str, list[str]]) -> Iterator[str]:
    for key in ("title", "filename", "fileName", "name", "f"):
        for value in query.get(key, []):
            if "." in value and len(value) <= 200:
                yield value
