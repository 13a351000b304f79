"""Bytes as text, by what the bytes say; the label is only a hint.

Chinese mail programs write `gb2312` and mean GBK or GB18030, write `iso-8859-1` above GBK bytes, or write nothing.
"""

from __future__ import annotations

import codecs
import re

CHINESE = frozenset(
    [
        "gb2312",
        "gb_2312",
        "gb_2312-80",
        "gb2312-80",
        "gbk",
        "x-gbk",
        "cp936",
        "ms936",
        "windows-936",
        "gb18030",
        "gb_18030",
        "chinese",
        "euc-cn",
        "euccn",
        "hz",
        "hz-gb-2312",
    ]
)
TRADITIONAL = frozenset(["big5", "big-5", "x-big5", "csbig5", "cp950", "big5-hkscs", "big5hkscs"])
# Labels that programs write without looking at the bytes.
WEAK = frozenset(
    [
        "",
        "ascii",
        "us-ascii",
        "iso-8859-1",
        "iso8859-1",
        "latin1",
        "latin-1",
        "windows-1252",
        "cp1252",
        "iso-8859-15",
        "ansi",
        "default",
        "undefined",
        "unknown",
        "unknown-8bit",
        "x-unknown",
        "8bit",
        "binary",
        "utf-8",
        "utf8",
    ]
)
HZ = re.compile(rb"~\{(?:[\x21-\x7d][\x21-\x7e])+(?:~\}|$|\n)")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The share of pairs that must be GB 2312 for bytes to be taken as Chinese without a word that they are.
ENOUGH = 0.5
WIDE = 0x800
UNKNOWN = "\ufffd"


def decode(data: bytes, said: str = "") -> str:
    """The text; signs that cannot be known are U+FFFD. Never raises."""
    label = _label(said)
    for mark, codec in MARKS:
        if data.startswith(mark):
            return data.decode(codec, errors="replace")
    if b"~{" in data and (label in CHINESE or label in WEAK) and HZ.search(data) and _is_seven_bit(data):
        return _hz(data)
    if _is_seven_bit(data):
        return _seven_bit(data, label)
    wide = _as_utf8(data, label)
    if wide is not None:
        return wide
    if label in TRADITIONAL:
        return _traditional(data)
    if label in CHINESE or (label in WEAK and _share_of_gb2312(data) >= ENOUGH):
        return _simplified(data)
    return _other(data, label)


def _label(said: str) -> str:
    return said.strip().strip("\"'").strip().lower().replace("_", "-") if said else ""


def _is_seven_bit(data: bytes) -> bool:
    return data.isascii()


def _seven_bit(data: bytes, label: str) -> str:
    """ASCII, or one of the codes that write other signs in seven bits, if the label says so."""
    if label in ("utf-7", "unicode-1-1-utf-7") or (label.startswith("iso-2022") and b"\x1b" in data):
        return _try(data, label.removeprefix("unicode-1-1-")) or data.decode("ascii")
    return data.decode("ascii")


def _hz(data: bytes) -> str:
    """HZ (RFC 1843), each run by itself, so that a broken one spoils only itself."""
    text: list[str] = []
    at = 0
    for run in HZ.finditer(data):
        text.append(_tildes(data[at : run.start()]))
        pairs = run[0].removeprefix(b"~{").removesuffix(b"\n").removesuffix(b"~}")
        text.append(bytes(sign | 0x80 for sign in pairs).decode("gb2312", errors="replace"))
        text.append("\n" if run[0].endswith(b"\n") else "")
        at = run.end()
    return "".join([*text, _tildes(data[at:])])


def _tildes(data: bytes) -> str:
    return data.replace(b"~\n", b"").replace(b"~~", b"~").decode("ascii", errors="replace")


def _as_utf8(data: bytes, label: str) -> str | None:
    """The bytes as UTF-8 if they are that, a few stray bytes apart.

    Two-byte forms alone are no proof where the label says GBK: 联通 in GBK is nearly well-formed UTF-8.
    """
    text = data.decode("utf-8", errors="replace")
    signs = [sign for sign in text if sign > "\x7f"]
    stray = text.count(UNKNOWN) - data.count("\ufffd".encode())
    wide = sum(ord(sign) >= WIDE and sign != UNKNOWN for sign in signs)
    if stray <= 0:
        doubtful = (label in CHINESE or label in TRADITIONAL) and not wide
        return None if doubtful else text
    least = stray if label in ("utf-8", "utf8") else 4 * stray
    return text if wide >= least and wide > 0 else None


def _share_of_gb2312(data: bytes) -> float:
    """How many of the pairs that begin with a high byte are of GB 2312's signs and marks."""
    pairs = good = at = 0
    while at < len(data):
        if data[at] < 0x80:
            at += 1
            continue
        trail = data[at + 1] if at + 1 < len(data) else 0
        if 0x30 <= trail <= 0x39 and at + 3 < len(data) and data[at + 2] >= 0x81:
            at += 4
            continue
        pairs += 1
        if (0xA1 <= data[at] <= 0xA3 or 0xB0 <= data[at] <= 0xF7) and trail >= 0xA1:
            good += 1
            at += 2
        elif trail >= 0x40 and 0x81 <= data[at] <= 0xFE:
            at += 2
        else:
            at += 1
    return good / pairs if pairs else 0.0


def _simplified(data: bytes) -> str:
    """GB18030, which holds GBK and GB 2312; a byte that fits nowhere costs only itself."""
    return data.decode("gb18030", errors="replace")


def _traditional(data: bytes) -> str:
    for codec in ("big5hkscs", "cp950"):
        text = _try(data, codec)
        if text is not None:
            return text
    if _share_of_gb2312(data) >= ENOUGH and (text := _try(data, "gb18030")) is not None:
        return text
    return data.decode("big5hkscs", errors="replace")


def _other(data: bytes, label: str) -> str:
    """What the label says if the bytes agree; else the reading with the fewest signs that cannot be known."""
    for codec in (label, "cp1252" if label in WEAK else ""):
        if codec and (text := _try(data, codec)) is not None:
            return text
    if (text := _try(data, "gb18030")) is not None:
        return text
    readings = [data.decode(codec, errors="replace") for codec in ("utf-8", "gb18030")]
    return min(readings, key=lambda text: text.count(UNKNOWN))


def _try(data: bytes, codec: str) -> str | None:
    """The text, or None if there is no such code for text, or the bytes do not fit it."""
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None
