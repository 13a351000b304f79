"""One way in for all kinds of files."""

from __future__ import annotations

import logging
import re

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import WHOLE, FileFinding, Inspection, Unreadable
from portal.publishing.inspection.pdf import inspect_pdf
from portal.publishing.inspection.pictures import inspect_picture
from portal.publishing.inspection.sheets import inspect_sheets
from portal.publishing.inspection.word import inspect_word

logger = logging.getLogger(__name__)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = "text/plain"
JPEG = "image/jpeg"
PNG = "image/png"
MOST_BYTES = 100 * 1024 * 1024
MOST_ATTACHED = 20 * 1024 * 1024
ENDINGS = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "txt": PLAIN, "jpg": JPEG, "jpeg": JPEG, "png": PNG}
_UNSEEN_SIGNS = re.compile(
    "[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\U000e0000-\\U000e007f]"
)


def inspect(data: bytes, *, media_type: str, name: str) -> Inspection:
    """What is in a file beside what its pages show, and all its text. Never raises for what the bytes are.

    A file that cannot be looked into gives the one finding "unreadable", which blocks. Guesses about
    seals, red headers and pictures ("needs_person") hold for a person and prove nothing by their absence.
    """
    return _inspected(data, media_type, name, 0)


def _inspected(data: bytes, media_type: str, name: str, depth: int) -> Inspection:
    def look(attached: bytes, attached_name: str) -> str:
        kind = ENDINGS.get(attached_name.rpartition(".")[2].lower())
        if depth or kind is None or len(attached) > MOST_ATTACHED:
            return ""
        return _inspected(attached, kind, attached_name, depth + 1).text

    try:
        if not data or len(data) > MOST_BYTES:
            raise Unreadable("文件是空的或者过大")
        if media_type == PDF:
            return inspect_pdf(data, look)
        if media_type in (JPEG, PNG):
            return inspect_picture(data, media_type)
        if media_type == DOCX:
            return inspect_word(data)
        if media_type == XLSX:
            return inspect_sheets(data)
        if media_type == PLAIN:
            return _inspect_plain(data)
        raise Unreadable("文件类型不受支持")
    except Unreadable as error:
        return _unreadable(name, error.sentence)
    except Exception as error:
        # Bytes from strangers go through five libraries; what any of them trips over must not pass.
        # The words of the error may hold words of the file, so only its kind is logged.
        logger.warning("inspection of a %s file failed: %s", media_type, type(error).__name__)
        return _unreadable(name, "检查时出错，请用软件重新导出后上传")


def _unreadable(name: str, sentence: str) -> Inspection:
    return Inspection((FileFinding(codes.UNREADABLE, WHOLE, f"“{name}”：{sentence}"),), "")


def _inspect_plain(data: bytes) -> Inspection:
    text = plain_text(data)
    hidden = _UNSEEN_SIGNS.findall(text.removeprefix("\ufeff"))
    found: tuple[FileFinding, ...] = ()
    if hidden:
        found = (FileFinding(codes.INVISIBLE_TEXT, WHOLE, f"有{len(hidden)}个看不见的字符"),)
    return Inspection(found, text)


def plain_text(data: bytes) -> str:
    """The text of a plain text file in UTF-8 or GB 18030. Raises Unreadable."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Unreadable("文本的编码无法识别")


def without_unseen(text: str) -> str:
    """The text without signs that take no place."""
    return _UNSEEN_SIGNS.sub("", text)
