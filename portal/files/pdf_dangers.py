"""What in a PDF runs, opens, fetches or carries something, wherever and however deep it hangs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from portal.files.dangers import (
    ACTION,
    BROKEN,
    EMBEDDED,
    EXTERNAL,
    FORM,
    MEDIA,
    SCRIPT,
    TEST_SIGNATURE,
    TOO_LARGE,
    VIRUS,
    Danger,
    is_plain_link,
)

MAX_PAGES = 2000
MAX_OBJECTS = 200_000
MAX_PARTS = 5_000_000
WHERE = "PDF"
_KEYS = {
    "/JavaScript": (SCRIPT, "PDF 含有脚本"),
    "/JS": (SCRIPT, "PDF 含有脚本"),
    "/AA": (ACTION, "PDF 含有自动动作"),
    "/EF": (EMBEDDED, "PDF 含有内嵌文件"),
    "/EmbeddedFiles": (EMBEDDED, "PDF 含有内嵌文件"),
    "/XFA": (FORM, "PDF 含有 XFA 表单"),
    "/RichMediaContent": (MEDIA, "PDF 含有多媒体内容"),
    "/RichMediaSettings": (MEDIA, "PDF 含有多媒体内容"),
}
_ACTIONS = {
    "/JavaScript": (SCRIPT, "PDF 含有脚本"),
    "/Launch": (ACTION, "PDF 会打开程序"),
    "/SubmitForm": (ACTION, "PDF 会对外发送数据"),
    "/ImportData": (ACTION, "PDF 会读取外部数据"),
    "/GoToR": (EXTERNAL, "PDF 会打开外部文件"),
    "/GoToE": (EXTERNAL, "PDF 会打开内嵌文件"),
    "/Rendition": (MEDIA, "PDF 含有多媒体内容"),
    "/Movie": (MEDIA, "PDF 含有多媒体内容"),
    "/Sound": (MEDIA, "PDF 含有多媒体内容"),
    "/RichMediaExecute": (MEDIA, "PDF 含有多媒体内容"),
}
_SUBTYPES = frozenset({"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/FileAttachment"})


def in_pdf(data: bytes) -> list[Danger]:
    """The dangers of a PDF; one that cannot be opened or is too large to be looked through is one itself."""
    if TEST_SIGNATURE in data:
        return [Danger(VIRUS, WHERE, "文件含有病毒（测试特征）")]
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES or len(document.objects) > MAX_OBJECTS:
                return [Danger(TOO_LARGE, WHERE, "PDF 页数或对象过多")]
            found = list(dict.fromkeys(_found(document)))
    except pikepdf.PasswordError:
        return [Danger(BROKEN, WHERE, "PDF 无法打开或已加密")]
    except (pikepdf.PdfError, ValueError, RecursionError, RuntimeError, OverflowError):
        return [Danger(BROKEN, WHERE, "PDF 无法打开或已加密")]
    return found


def _found(document: pikepdf.Pdf) -> Iterator[Danger]:
    start = document.Root.get("/OpenAction")
    if isinstance(start, pikepdf.Dictionary) and str(start.get("/S", "/GoTo")) not in ("/GoTo", "/Named"):
        yield Danger(ACTION, WHERE, "PDF 打开时会自动执行动作")
    left = [*document.objects, document.trailer]
    looked = 0
    while left:
        item = left.pop()
        looked += 1
        if looked > MAX_PARTS:
            yield Danger(TOO_LARGE, WHERE, "PDF 结构过于庞大，无法检查")
            return
        if isinstance(item, pikepdf.Array):
            parts: list[Any] = list(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield from _thing(item)
            parts = [part for _, part in item.items()]
        else:
            continue
        # Indirect objects are in document.objects themselves; the others are looked into however deep they lie.
        left += [part for part in parts if isinstance(part, pikepdf.Object) and not part.is_indirect]


def _thing(item: Any) -> Iterator[Danger]:
    for key, (code, message) in _KEYS.items():
        if key in item:
            yield Danger(code, WHERE, message)
    kind = item.get("/S")
    if isinstance(kind, pikepdf.Name) and str(kind) in _ACTIONS:
        yield Danger(*_with_place(_ACTIONS[str(kind)]))
    if isinstance(kind, pikepdf.Name) and str(kind) == "/URI" and not is_plain_link(_words(item.get("/URI"))):
        yield Danger(EXTERNAL, WHERE, "PDF 链接到本机或者局域网的文件、程序")
    if str(item.get("/Subtype", "")) in _SUBTYPES and "/Rect" in item:
        yield Danger(MEDIA, WHERE, "PDF 含有多媒体内容或者附件")
    if isinstance(item, pikepdf.Stream) and "/F" in item:
        yield Danger(EXTERNAL, WHERE, "PDF 的内容存放在外部文件中")
    if str(item.get("/Type", "")) in ("/Filespec", "/F") and not _is_local(item):
        yield Danger(EXTERNAL, WHERE, "PDF 指向外部文件")


def _with_place(pair: tuple[str, str]) -> tuple[str, str, str]:
    return pair[0], WHERE, pair[1]


def _is_local(spec: Any) -> bool:
    names = [_words(spec.get(key)) for key in ("/F", "/UF", "/Unix", "/DOS", "/Mac")]
    return all(is_plain_link(name) and not name.startswith(("//", "\\\\")) for name in names if name)


def _words(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""
