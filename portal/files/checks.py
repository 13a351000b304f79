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
from typing import Any

import pikepdf
import puremagic
from PIL import Image, ImageFile

from portal.core.errors import InvalidInput

MAX_PIXELS = 40_000_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 2000
MAX_PAGES = 2000
MAX_OBJECTS = 200_000
MAX_DEPTH = 8


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
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
UNSAFE_PDF_KEYS = ("/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/AA")
UNSAFE_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")


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
        raise InvalidInput(f"“{shown}”的内容与文件类型不符，请检查后重新上传", "files")
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
                return OFFICE_PARTS[kind.ending] in archive.namelist()
        except (zipfile.BadZipFile, KeyError, OSError):
            return False
    try:
        guessed = {match.mime_type for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return False
    return kind.media_type in guessed


def inspect(ending: str, data: bytes) -> str:
    """ "" if the file is safe to hand out, else the reason it is not, in a sentence."""
    kind = ALLOWED.get(ending)
    if kind is None or not _content_is(kind, data):
        return "文件内容与类型不符"
    if kind.family == "pdf":
        return _inspect_pdf(data)
    if kind.family in ("jpeg", "png"):
        return _inspect_image(data)
    if kind.family == "zip":
        return _inspect_archive(data)
    return ""


def _inspect_pdf(data: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES or len(document.objects) > MAX_OBJECTS:
                return "PDF 页数或对象过多"
            if any(_is_unsafe(item) for item in document.objects):
                return "PDF 含有脚本、自动动作或内嵌文件"
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return "PDF 无法打开或已加密"
    return ""


def _is_unsafe(item: Any, depth: int = 0) -> bool:
    """True for an object that runs, launches or carries something, wherever in the file it hangs."""
    if isinstance(item, pikepdf.Stream):
        return False
    if isinstance(item, pikepdf.Array):
        return depth < MAX_DEPTH and any(_is_unsafe(part, depth + 1) for part in item)
    if not isinstance(item, pikepdf.Dictionary):
        return False
    if any(key in item for key in UNSAFE_PDF_KEYS) or str(item.get("/S", "")) in UNSAFE_ACTIONS:
        return True
    direct = (part for part in item.values() if not getattr(part, "is_indirect", False))
    return depth < MAX_DEPTH and any(_is_unsafe(part, depth + 1) for part in direct)


def refuse_half_pictures() -> None:
    """Have Pillow refuse truncated pictures: a switch of the whole process, which importing WeasyPrint turns off."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def _inspect_image(data: bytes) -> str:
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


def _inspect_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(item.file_size for item in members) > MAX_UNPACKED:
                return "文档解压后过大"
            if any("vbaProject" in item.filename or item.filename.endswith(".bin") for item in members):
                return "文档含有宏或内嵌对象"
    except (zipfile.BadZipFile, OSError):
        return "文档无法打开"
    return ""
