"""What an upload must be: allowed by its ending and by its content, small enough, and openable.

`accept()` runs while the person waits and answers with a sentence; `inspect()` is the deep look that
takes a file out of quarantine (portal.cases runs it as a job).
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass

import puremagic
from PIL import Image, ImageFile

from portal.core.errors import InvalidInput
from portal.files import scanner
from portal.files.dangers import ACTION, BROKEN, EMBEDDED, SCRIPT, TEST_SIGNATURE, VIRUS, WRONG_TYPE, Danger
from portal.files.kinds import told
from portal.files.office_dangers import PARTS, in_office
from portal.files.pdf_dangers import in_pdf

MAX_PIXELS = 40_000_000


@dataclass(frozen=True)
class FileType:
    """An allowed type: its ending, the media type we serve, and how it is known by content."""

    ending: str
    media_type: str
    family: str


ALLOWED = {
    entry.ending: entry
    for entry in (
        FileType("pdf", "application/pdf", "pdf"),
        FileType("jpg", "image/jpeg", "jpeg"),
        FileType("jpeg", "image/jpeg", "jpeg"),
        FileType("png", "image/png", "png"),
        FileType("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "zip"),
        FileType("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip"),
        FileType("txt", "text/plain", "text"),
    )
}
ALLOWED_SENTENCE = "可上传 PDF、JPG、PNG、DOCX、XLSX、TXT 文件"
SIGNATURES = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "zip": b"PK\x03\x04"}


def clean_name(name: str) -> str:
    """A file name fit to be shown and saved: no path, no control or direction signs, at most 80 signs."""
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(ch for ch in base if unicodedata.category(ch)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:70]}{dot}{ending[:9]}" if dot else kept[:80]


def accept(name: str, data: bytes, *, max_bytes: int) -> FileType:
    """The type of an upload that may be taken in.

    Raises InvalidInput (field "files") with a sentence: too large, empty, type not allowed, or the
    content is not what the ending says.
    """
    shown = clean_name(name) or "文件"
    if not data:
        raise InvalidInput(f"“{shown}”是空文件，请重新选择", "files")
    if len(data) > max_bytes:
        raise InvalidInput(f"“{shown}”超过 {max_bytes // 1024 // 1024} MB，请压缩或拆分后上传", "files")
    ending = shown.rpartition(".")[2].lower()
    kind = ALLOWED.get(ending)
    if kind is None:
        raise InvalidInput(f"“{shown}”的类型不受支持；{ALLOWED_SENTENCE}", "files")
    if not _content_is(kind, data):
        raise InvalidInput(f"“{shown}”的内容与文件类型不符{told(data)}，请检查后重新上传", "files")
    return kind


def _content_is(kind: FileType, data: bytes) -> bool:
    if kind.family == "text":
        if b"\x00" in data:
            return False
        for encoding in ("utf-8", "gb18030"):
            try:
                data.decode(encoding)
                return (
                    not data.lstrip()[:200]
                    .lower()
                    .startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"%pdf"))
                )
            except UnicodeDecodeError:
                continue
        return False
    if not data.startswith(SIGNATURES[kind.family]):
        return False
    if kind.family == "zip":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
                return PARTS[kind.ending] in names and "OFD.xml" not in names
        except (zipfile.BadZipFile, KeyError, OSError):
            return False
    try:
        guessed = {match.mime_type for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return False
    return kind.media_type in guessed


@dataclass(frozen=True)
class Verdict:
    """What the check of uploads says: `code` 0 safe, 2 not checked to the end (the scanner is away), 3 refused.

    `scanner` is what became of the virus scan: "off", "away", "clean" or "found".
    """

    code: int
    problem: str
    dangers: tuple[Danger, ...]
    scanner: str


def judge(name: str, data: bytes, *, max_bytes: int) -> Verdict:
    """All that happens to an upload, at once: what is asked while the person waits, and the deep look."""
    try:
        kind = accept(name, data, max_bytes=max_bytes)
    except InvalidInput as error:
        return Verdict(
            3, error.sentence, (Danger(WRONG_TYPE, clean_name(name), error.sentence),), scanner.OFF
        )
    found = dangers(kind.ending, data)
    scanned = scanner.scan(data)
    if scanned.state == scanner.FOUND:
        found.append(Danger(VIRUS, clean_name(name), f"文件含有病毒：{scanned.signature}"))
    if found:
        return Verdict(3, found[0].message, tuple(found), scanned.state)
    if scanned.state == scanner.AWAY:
        return Verdict(2, "病毒检查暂时不可用，文件尚未检查完毕", (), scanned.state)
    return Verdict(0, "", (), scanned.state)


def inspect(ending: str, data: bytes) -> str:
    """ "" if the file is safe to hand out, else the reason it is not, in a sentence.

    Raises ScannerAway while the virus scanner does not answer: the file is not safe yet.
    """
    found = dangers(ending, data)
    if found:
        runs = ending == "pdf" and found[0].code in (SCRIPT, ACTION, EMBEDDED)
        return "PDF 含有脚本、自动动作或内嵌文件" if runs else found[0].message
    scanned = scanner.scan(data)
    if scanned.state == scanner.AWAY:
        raise scanner.ScannerAway("clamd does not answer")
    return f"文件含有病毒：{scanned.signature[:60]}" if scanned.state == scanner.FOUND else ""


def dangers(ending: str, data: bytes) -> list[Danger]:
    """Everything in an upload that makes it unfit to be handed out, without the virus scan."""
    kind = ALLOWED.get(ending)
    if kind is None or not _content_is(kind, data):
        return [Danger(WRONG_TYPE, "文件", "文件内容与类型不符")]
    if kind.family == "pdf":
        return in_pdf(data)
    if kind.family in ("jpeg", "png"):
        return _in_picture(data)
    if kind.family == "zip":
        return in_office(data)
    return [Danger(VIRUS, "文件", "文件含有病毒（测试特征）")] if TEST_SIGNATURE in data else []


def refuse_half_pictures() -> None:
    """Have Pillow refuse truncated pictures: a switch of the whole process, which importing WeasyPrint turns off."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def _in_picture(data: bytes) -> list[Danger]:
    problem = _picture_problem(data)
    return [Danger(BROKEN, "图片", problem)] if problem else []


def _picture_problem(data: bytes) -> str:
    refuse_half_pictures()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MAX_PIXELS:
                    return "图片像素过大"
                image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "图片无法打开或像素过大"
    return ""
