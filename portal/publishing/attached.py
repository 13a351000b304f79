"""The words of an attachment, for finding its page by them: PDF, Word and spreadsheets; nothing is kept of the layout."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from portal.publishing.inspection.findings import Unreadable
from portal.publishing.inspection.pdf_pages import texts
from portal.publishing.inspection.xml_reading import local, parsed

MOST_SIGNS = 200_000
MOST_PART = 20 * 1024 * 1024
_PARTS = re.compile(r"word/document\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml")
_BROKEN = re.compile(r"(?<=[\u3400-\u9fff，、；：])\s*\r?\n\s*(?=[\u3400-\u9fff，、；：。])")
_HYPHEN = re.compile(r"(?<=[A-Za-z])-\r?\n(?=[a-z])")
_BLOCKS = {"p", "si", "is"}


def words_in(data: bytes) -> str:
    """The words of a file, a word broken by the end of a line in one piece; "" where none can be read."""
    try:
        found = "\n".join(texts(data)) if data.startswith(b"%PDF") else _office(data)
    except (Unreadable, ValueError, OSError, zipfile.BadZipFile, KeyError):
        return ""
    return joined_lines(found)[:MOST_SIGNS]


def joined_lines(text: str) -> str:
    """A text in which a line that ends within a sentence goes on."""
    return _HYPHEN.sub("", _BROKEN.sub("", text.replace("\ufffe", "-").replace("\x00", "")))


def _office(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return ""
    blocks: list[str] = []
    with zipfile.ZipFile(BytesIO(data)) as package:
        for info in package.infolist():
            if _PARTS.fullmatch(info.filename) and info.file_size <= MOST_PART:
                blocks += _blocks(package.read(info))
    return "\n".join(blocks)


def _blocks(part: bytes) -> list[str]:
    """The text of each paragraph or cell."""
    root = parsed(part)
    return [
        "".join(leaf.text or "" for leaf in block.iter() if local(leaf) == "t")
        for block in root.iter()
        if local(block) in _BLOCKS
    ]
