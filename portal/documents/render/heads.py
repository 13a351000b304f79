"""Numbered heads in the faces of GB/T 9704-2012: 一、 in 黑体, （一） in 楷体, also where the text runs on behind them.

Templates and clerks write plain paragraphs; here their beginnings are found, once for all papers, PDF and Word alike.
"""

from __future__ import annotations

import re

from portal.core.wording import NUMERALS

ORDINALS = f"{NUMERALS}十百"
LONGEST_HEAD = 24
# A head is what stands before the first colon or full stop; of a long sentence only its ordinal.
_WORDS = rf"(?:[^<：。；，]{{0,{LONGEST_HEAD}}}[：。]|[^<：。；，]{{1,{LONGEST_HEAD}}}$)?"
_HEAD = re.compile(rf"^\s*((?:([{ORDINALS}]+、)|（[{ORDINALS}]+）){_WORDS})")
_PARAGRAPH = re.compile(r"(<p\b[^>]*>)([^<]*)")


def split_head(text: str) -> tuple[int, str, str]:
    """A paragraph's level (1 for 一、, 2 for （一）, 0 for none), its head, and what runs on behind it."""
    found = _HEAD.match(text)
    if found is None:
        return 0, "", text
    return (1 if found[2] else 2), found[1], text[found.end() :]


def with_heads(html: str) -> str:
    """The page with the numbered beginning of every paragraph in the face of its level."""
    return _PARAGRAPH.sub(_mark, html)


def _mark(found: re.Match[str]) -> str:
    level, head, rest = split_head(found[2])
    if not level:
        return found[0]
    return f'{found[1]}<span class="head{level}">{head}</span>{rest}'
