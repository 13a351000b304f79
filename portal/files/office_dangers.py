"""What in a DOCX or XLSX runs, fetches or carries something, or is not what such a file is made of."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from portal.files.dangers import (
    ACTION,
    BROKEN,
    DOCTYPE,
    EMBEDDED,
    EXTERNAL,
    MACRO,
    PATH,
    TEST_SIGNATURE,
    TOO_LARGE,
    VIRUS,
    Danger,
    is_plain_link,
)

MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 2000
MOST_NESTED = 3
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, zlib.error, NotImplementedError, RuntimeError, EOFError)
_MACROS = ("vbaproject", "vbadata", "macrosheets/", "/activex/", "/ctrlprops/", "intlmacrosheets/")
_RUNS = re.compile(r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|jar|msi|sh|py|chm|reg|url)$")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!/", b"\xca\xfe\xba\xbe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_FIELDS = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE)
_DDE_FORMULA = re.compile(r"(?:^|[=+\-@(,])\s*'?[A-Za-z][\w.]*'?\s*\|\s*'?[^|]+'?!", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def in_office(data: bytes, depth: int = 0) -> list[Danger]:
    """The dangers of a DOCX or XLSX, and of those embedded in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(dict.fromkeys(_found(archive, depth)))
    except _BROKEN:
        return [Danger(BROKEN, "文档", "文档无法打开")]


def _found(archive: zipfile.ZipFile, depth: int) -> Iterator[Danger]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(item.file_size for item in members) > MAX_UNPACKED:
        yield Danger(TOO_LARGE, "文档", "文档解压后过大")
        return
    names = [item.filename for item in members]
    if len({name.lower() for name in names}) != len(names):
        yield Danger(BROKEN, "文档", "文档中有重名的部分")
    if "OFD.xml" in names:
        yield Danger(BROKEN, "文档", "文件是 OFD 版式文档")
    for item in members:
        if item.flag_bits & 1:
            yield Danger(BROKEN, "文档", "文档已加密")
            continue
        if item.is_dir():
            continue
        content = archive.read(item)
        yield from _member(item.filename, content, depth)


def _member(name: str, content: bytes, depth: int) -> Iterator[Danger]:
    low = name.lower().replace("\\", "/")
    if low.startswith("/") or ".." in low.split("/") or re.match(r"[a-z]:", low) or "\0" in name:
        yield Danger(PATH, name, "文档中有指向文件夹之外的部分")
    if any(part in f"/{low}" for part in _MACROS):
        yield Danger(MACRO, name, "文档含有宏或控件")
    elif _RUNS.search(low) or content.startswith(_PROGRAMS):
        yield Danger(EMBEDDED, name, "文档含有宏、程序或内嵌对象")
    elif low.endswith(".bin") and "printersettings" not in low:
        yield Danger(EMBEDDED, name, "文档含有宏或内嵌对象")
    elif "afchunk" in low:
        yield Danger(EMBEDDED, name, "文档嵌入了别的文档")
    elif "/embeddings/" in f"/{low}":
        yield from _embedded(name, content, depth)
    if TEST_SIGNATURE in content:
        yield Danger(VIRUS, name, "文件含有病毒（测试特征）")
    if low.endswith((".xml", ".rels", ".vml")):
        yield from _xml(name, low, content)


def _embedded(name: str, content: bytes, depth: int) -> Iterator[Danger]:
    """Charts carry their table as a workbook; anything else that is embedded is refused."""
    if not content.startswith(b"PK\x03\x04") or depth >= MOST_NESTED:
        yield Danger(EMBEDDED, name, "文档含有内嵌对象")
        return
    for danger in in_office(content, depth + 1):
        yield Danger(danger.code, f"{name}：{danger.where}", danger.message)


def _xml(name: str, low: str, content: bytes) -> Iterator[Danger]:
    bare = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        yield Danger(DOCTYPE, name, "文档含有 DOCTYPE 声明")
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        yield Danger(BROKEN, name, "文档的内容无法读取")
        return
    if low.endswith(".rels"):
        yield from _relations(name, root)
    elif low.startswith("[content_types]"):
        if any("macroenabled" in (entry.get("ContentType") or "").lower() for entry in root):
            yield Danger(MACRO, name, "文档含有宏")
    elif low.startswith("word/"):
        yield from _fields(name, root)
    elif low.startswith("xl/externallinks/"):
        yield Danger(EXTERNAL, name, "表格引用了别的工作簿或者程序")
    elif low.startswith("xl/connections"):
        yield Danger(EXTERNAL, name, "表格连接了外部数据")
    elif low.startswith(("xl/worksheets/", "xl/workbook")):
        yield from _formulas(name, root)


def _relations(name: str, root: Any) -> Iterator[Danger]:
    for entry in root:
        if not isinstance(entry.tag, str) or entry.get("TargetMode", "").lower() != "external":
            continue
        kind, target = entry.get("Type", "").rpartition("/")[2], entry.get("Target", "")
        if kind != "hyperlink":
            yield Danger(EXTERNAL, name, f"文档引用了外部内容：{target[:60]}")
        elif not is_plain_link(target):
            yield Danger(EXTERNAL, name, f"文档链接到本机或者局域网的文件：{target[:60]}")


def _fields(name: str, root: Any) -> Iterator[Danger]:
    """Fields that start a program or fetch a file; their words may lie in pieces over many runs."""
    simple = [entry.get(f"{_WORD}instr") or "" for entry in root.iter(f"{_WORD}fldSimple")]
    open_fields: list[list[str]] = []
    whole: list[str] = []
    for entry in root.iter(f"{_WORD}fldChar", f"{_WORD}instrText"):
        if entry.tag == f"{_WORD}instrText":
            if open_fields:
                open_fields[-1].append(entry.text or "")
            else:
                whole.append(entry.text or "")
        elif entry.get(f"{_WORD}fldCharType") == "begin":
            open_fields.append([])
        elif entry.get(f"{_WORD}fldCharType") == "end" and open_fields:
            whole.append("".join(open_fields.pop()))
    whole += ["".join(parts) for parts in open_fields]
    if any(_FIELDS.match(words) for words in (*simple, *whole)):
        yield Danger(ACTION, name, "文档含有会打开程序或者外部文件的域（DDE 等）")


def _formulas(name: str, root: Any) -> Iterator[Danger]:
    for entry in root.iter("{*}f", "{*}definedName"):
        words = entry.text or ""
        if "|" in words and _DDE_FORMULA.search(f"={words}"):
            yield Danger(ACTION, name, "表格含有会打开程序的公式（DDE）")
            return
        if "|" in words or "\\\\" in words or "file:" in words.lower():
            literal = re.sub(r'"[^"]*"', "", words)
            if "\\\\" in literal:
                yield Danger(EXTERNAL, name, "表格引用了别的工作簿")
                return
