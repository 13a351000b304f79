"""What a mail quotes from the mail that it answers, and receipts that must not be read by others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.core.numbering import CODE_ALPHABET, CODE_LENGTH

MOST_ATTRIBUTION = 240
SEPARATOR = re.compile(
    r"^[-—_\s]{0,40}(?:原始邮件|原邮件|回复的原邮件|Original Message|原始郵件)[-—_\s:：|]{0,40}$",
    re.IGNORECASE,
)
ATTRIBUTION = re.compile(
    r"^(?:在 ?\d{4}.{4,160}写道[:：]?|于 ?\d{4}.{4,160}写道[:：]?|.{4,160}(?:写道|寫道)[:：]"
    r"|(?:On|At|Le|Am) .{4,200}(?:wrote|écrit|schrieb)\s?[:：]|.{0,120}<[^<>@\s]{1,80}@[^<>\s]{1,120}> (?:wrote|写道)[:：])$",
    re.IGNORECASE,
)
ATTRIBUTION_OPENED = re.compile(r"^(?:On|At|在|于) ?.{0,10}\d{1,4}.{0,160}$")
HEAD = re.compile(
    r"^\W{0,6}(发件人|寄件者|寄件人|From|发送时间|发送日期|日期|时间|Sent|Date|收件人|收件者|To|抄送|Cc|主题|主旨|Subject)"
    r"\W{0,3}[:：]",
    re.IGNORECASE,
)
SENDER_HEADS = ("发件人", "寄件者", "寄件人", "from")
LEAST_HEADS = 2
# The last line of every mail of the portal's own.
FOOT = re.compile(r"[（(]本邮件由系统发出")
CODE = re.compile(
    rf"(查询码|查詢碼)([\s>]*[:：]?[\s>]*)((?:[{CODE_ALPHABET}a-z][ \t\-–—]{{0,3}}){{{CODE_LENGTH - 1}}}[{CODE_ALPHABET}a-z]|[A-Za-z0-9\-]{{8,24}})"
)
HIDDEN = "（已隐去）"
RECEIPT = "〔此处引用的回执已略去〕"


@dataclass(frozen=True)
class Own:
    """The writer's own words, and how many lines of quotation were left out."""

    text: str
    quoted: int


def own_words(text: str) -> str:
    """The text without what it quotes from the mail it answers; all of it if there is nothing else."""
    return apart(text).text


def apart(text: str) -> Own:
    """Own words and quotation told apart, line by line.

    Lines that begin with ">" are quoted, with the line before them that names their writer. What stands unmarked below
    "原始邮件" or a block of heads is quoted as far as our own mail's last line, or to the end if own words stand above.
    """
    lines = text.splitlines()
    kept: list[str] = []
    at = quoted = 0
    while at < len(lines):
        end = _quotation_at(lines, at, bool("".join(kept).strip()))
        if end > at:
            quoted += end - at
            at = end
        else:
            kept.append(lines[at])
            at += 1
    words = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return Own(words, quoted) if words else Own(text.strip(), 0)


def _quotation_at(lines: list[str], at: int, own_above: bool) -> int:
    """The line after the quotation that begins here; the same line if none does."""
    if lines[at].lstrip().startswith((">", "＞")):
        return at + 1
    begins = _marked_after(lines, at)
    if begins:
        return begins
    head = _heads_at(lines, at)
    if SEPARATOR.match(lines[at].strip()):
        head = max(head, _heads_at(lines, _next_words(lines, at + 1)), at + 1)
    elif head == at and ATTRIBUTION.match(lines[at].strip()) and _is_dated(lines[at]):
        head = at + 1
    if head == at:
        return at
    return _unmarked_end(lines, head, own_above)


def _marked_after(lines: list[str], at: int) -> int:
    """Where marked lines begin, if this line (or this and the next) only says who wrote them; else 0."""
    line = lines[at].strip()
    follows = _next_words(lines, at + 1)
    if ATTRIBUTION.match(line) and _is_marked(lines, follows):
        return follows
    both = f"{line} {lines[at + 1].strip()}" if at + 1 < len(lines) else ""
    if ATTRIBUTION_OPENED.match(line) and ATTRIBUTION.match(both[:MOST_ATTRIBUTION]):
        follows = _next_words(lines, at + 2)
        return follows if _is_marked(lines, follows) else 0
    return 0


def _is_marked(lines: list[str], at: int) -> bool:
    return at < len(lines) and lines[at].lstrip().startswith((">", "＞"))


def _is_dated(line: str) -> bool:
    return re.search(r"\d{4}|\d{1,2}:\d{2}", line) is not None


def _next_words(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _heads_at(lines: list[str], at: int) -> int:
    """The line after a block of heads that begins with the sender's; the same line if there is none.

    One such line alone is somebody's own sentence (发件人：……).
    """
    if at >= len(lines):
        return at
    first = HEAD.match(lines[at].strip())
    if first is None or first[1].lower() not in SENDER_HEADS:
        return at
    found, end = 0, at
    for index in range(at, min(len(lines), at + 14)):
        if HEAD.match(lines[index].strip()):
            found, end = found + 1, index + 1
        elif lines[index].strip() and found != 1:
            break
    return end if found >= LEAST_HEADS else at


def _unmarked_end(lines: list[str], head: int, own_above: bool) -> int:
    """Where a quotation without marks ends: after our own last line; at the end of the mail if own words stand above."""
    for index in range(head, len(lines)):
        if FOOT.search(lines[index]) or RECEIPT in lines[index]:
            return index + 1
    return len(lines) if own_above else head


def without_receipts(text: str) -> tuple[str, int]:
    """The text without query codes: quoted receipts are cut out whole, a code that stands elsewhere is hidden.

    Gives the text and how many were cut.
    """
    lines = text.splitlines()
    cut = 0
    while (at := next((n for n, line in enumerate(lines) if _holds_code(lines, n, line)), -1)) >= 0:
        first, last = _receipt_around(lines, at)
        lines[first : last + 1] = [f"> {RECEIPT}" if _is_marked(lines, at) else RECEIPT]
        cut += 1
    found, hidden = CODE.subn(lambda code: f"{code[1]}：{HIDDEN}", "\n".join(lines))
    return found, cut + hidden


def _holds_code(lines: list[str], at: int, line: str) -> bool:
    """True for a line of a quoted receipt: marked, or below heads or before our own last line."""
    if "查询码" not in line or not CODE.search("\n".join(lines[at : at + 2])):
        return False
    first, last = _receipt_around(lines, at)
    return last > first


def _receipt_around(lines: list[str], at: int) -> tuple[int, int]:
    """First and last line of the receipt that holds this line; the same line twice if it stands alone."""
    first = last = at
    if _is_marked(lines, at):
        while first > 0 and (_is_marked(lines, first - 1) or not lines[first - 1].strip()):
            first -= 1
        while last + 1 < len(lines) and _is_marked(lines, last + 1):
            last += 1
        return _next_words(lines, first), last
    foot = next((n for n in range(at, min(len(lines), at + 14)) if FOOT.search(lines[n])), -1)
    if foot < 0:
        return at, at
    for index in range(at, max(-1, at - 14), -1):
        if "已登记为来信" in lines[index] or "回执" in lines[index] or "受理编号" in lines[index]:
            return index, foot
    return at, foot
