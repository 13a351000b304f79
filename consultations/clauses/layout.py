"""What is layout and what is text.

Layout (blank): every character for which `str.isspace()` holds, among them the full-width space, the
no-break space, tabs and line ends; the zero-width U+200B, U+2060 and U+FEFF; and of Markdown the run of one
to six # followed by a blank at the beginning of a line, and a pair of ** around words of one line.
Everything else is text: it is never dropped, changed or moved.
"""

from __future__ import annotations

import re

ZERO_WIDTH = "\u200b\u2060\ufeff"
HASHES = re.compile(r"#{1,6}\s+")
BOLD = re.compile(r"\*\*(?=[^\s*])([^*]+)(?<=[^\s*])\*\*")
BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def is_blank(sign: str) -> bool:
    """True for a character that only lays out."""
    return sign.isspace() or sign in ZERO_WIDTH


def solid(text: str) -> str:
    """The text without blank characters."""
    return "".join(sign for sign in text if not is_blank(sign))


def trimmed(text: str) -> str:
    """The text without blank characters at both ends."""
    begin, end = 0, len(text)
    while begin < end and is_blank(text[begin]):
        begin += 1
    while end > begin and is_blank(text[end - 1]):
        end -= 1
    return text[begin:end]


def lines_of(text: str) -> list[str]:
    """The lines that hold text, without the layout around them."""
    lines = []
    for raw in text.splitlines():
        line = trimmed(raw)
        line = BOLD.sub(r"\1", trimmed(HASHES.sub("", line, count=1)) if HASHES.match(line) else line)
        if line := trimmed(line):
            lines.append(line)
    return lines


def letters_of(text: str) -> str:
    """Every character of a source that is text, in its order: what a reading of it must give back."""
    return "".join(solid(line) for line in lines_of(text))


def closed_up(heading: str) -> str:
    """A heading without the blanks that spread it: 总　　则 → 总则."""
    return BETWEEN_HAN.sub("", trimmed(heading))
