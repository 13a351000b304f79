"""The proof: the copy is opened anew by readers that share no code, and none of them may find what was withheld."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess  # nosec B404: fixed programs, no shell
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pypdfium2

from portal.redaction.beside import beside
from portal.redaction.engine import Made, Plan
from portal.redaction.fonts import table_of
from portal.redaction.orders import NotProven, Orders, Proof
from portal.redaction.reading import Heap, holds, normal

SECONDS = 120
FEWEST = 2
LONG = 16


def prove(made: Made, orders: Orders, *, machine_reads: bool = True) -> Proof:
    """Read the copy. Raises NotProven with the places where something is still found."""
    everywhere = tuple(dict.fromkeys((*(word.text for word in orders.words), *orders.sealed)))
    places: list[str] = []
    poppler = _begun(made.data)
    readers = {"pdfium": _by_pdfium(made.data, made.pages)}
    texts = poppler() if poppler is not None else None
    readers |= {"qpdf": _by_operators(made.data)} if texts is None else {"poppler": texts}
    for name, texts in readers.items():
        if len(texts) != made.pages:
            places.append(f"{name} 读出{len(texts)}页，应为{made.pages}页")
            continue
        for number, text in enumerate(texts, 1):
            heap = Heap(text)
            places += [f"第{number}页（{name}）" for word in everywhere if heap.holds(word)]
            places += _left_under(made.plans.get(number), heap.text, number, name)
    places += _in_the_rest(made, everywhere)
    read = _by_machine(made, everywhere, places) if machine_reads else ()
    if places:
        raise NotProven(tuple(dict.fromkeys(places)))
    return Proof(tuple(readers), read, len(everywhere))


def _by_pdfium(data: bytes, pages: int) -> list[str]:
    """The text of each page. A long file is read by two processes, each a half: pdfium knows no threads."""
    half = pages // 2 if pages >= LONG and (os.cpu_count() or 1) > 1 else 0
    rest = beside(lambda: _read(data, half, None)) if half else None
    first = _read(data, 0, half or None)
    return first if rest is None else [*first, *rest()]


def _read(data: bytes, start: int, end: int | None) -> list[str]:
    texts: list[str] = []
    with pypdfium2.PdfDocument(data) as document:
        for at in range(start, len(document) if end is None else min(end, len(document))):
            page = document[at]
            words = page.get_textpage()
            texts.append(words.get_text_range())
            words.close()
            page.close()
    return texts


def _left_under(plan: Plan | None, text: str, number: int, name: str) -> list[str]:
    """Words under boxes may stand elsewhere on the page, but not as often as before; `text` is normal."""
    if plan is None or plan.whole:
        left = plan is not None and plan.whole and text.replace(normal(plan.whole), "").strip("〔〕")
        return [f"第{number}页（{name}）"] if left else []
    found = []
    rest = normal("".join(letter.sign for letter in plan.rest))
    labels = normal("".join(f"〔{ground or '隐去'}〕" for _, ground in plan.boxes))
    for taken in dict.fromkeys(plan.taken):
        key = normal(taken)
        if len(key) >= FEWEST and text.count(key) > rest.count(key) + labels.count(key):
            found.append(f"第{number}页（{name}）")
    return found


def _begun(data: bytes) -> Callable[[], list[str] | None] | None:
    """poppler at work beside us, and how to have its pages (None if it failed); None where it is not installed."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    folder = tempfile.TemporaryDirectory(prefix="proof-")
    path = Path(folder.name) / "copy.pdf"
    path.write_bytes(data)
    made = (Path(folder.name) / "text").open("w+b")
    running = subprocess.Popen(  # nosec B603: fixed arguments
        [program, "-raw", "-enc", "UTF-8", str(path), "-"],
        stdin=subprocess.DEVNULL, stdout=made, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def texts() -> list[str] | None:
        with folder, made, running:
            try:
                running.wait(SECONDS)
            except subprocess.TimeoutExpired:
                running.kill()
                raise
            made.seek(0)
            read = made.read().decode("utf-8", "replace")
        return read.split("\f")[:-1] if running.returncode == 0 else None

    return texts


def _by_operators(data: bytes) -> list[str]:
    """All that the fonts' tables make of the strings shown, painted or not, in the order of the operators."""
    with pikepdf.open(io.BytesIO(data)) as document:
        tables: dict[tuple[int, int], dict[int, str]] = {}
        return [_shown(page, page.obj.get("/Resources"), tables, 0) for page in document.pages]


def _shown(
    holder: object, resources: object, tables: dict[tuple[int, int], dict[int, str]], depth: int
) -> str:
    if not isinstance(resources, pikepdf.Dictionary) or depth > 8:
        return ""
    fonts = resources.get("/Font", pikepdf.Dictionary())
    forms = resources.get("/XObject", pikepdf.Dictionary())
    parts: list[str] = []
    table: dict[int, str] = {}
    wide = False
    for step in pikepdf.parse_content_stream(holder):  # type: ignore[arg-type]
        operator = str(step.operator)
        if operator == "Tf" and step.operands:
            font = fonts.get(str(step.operands[0]))
            if font is not None:
                wide = str(font.get("/Subtype", "")) == "/Type0"
                if font.objgen not in tables or not font.is_indirect:
                    tables[font.objgen] = table_of(font)
                table = tables[font.objgen]
        elif operator in ("Tj", "TJ", "'", '"') and step.operands:
            last = step.operands[-1]
            for piece in list(last) if isinstance(last, pikepdf.Array) else [last]:
                if isinstance(piece, pikepdf.String):
                    parts.append(_decoded(bytes(piece), table, wide))
        elif operator == "Do" and step.operands:
            form = forms.get(str(step.operands[0]))
            if isinstance(form, pikepdf.Stream) and str(form.get("/Subtype", "")) == "/Form":
                parts.append(_shown(form, form.get("/Resources", resources), tables, depth + 1))
        elif operator in ("Td", "TD", "T*", "Tm", "BT"):
            parts.append(" ")
    return "".join(parts)


def _decoded(raw: bytes, table: dict[int, str], wide: bool) -> str:
    if not wide:
        return "".join(table.get(code) or bytes([code]).decode("cp1252", "replace") for code in raw)
    codes = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw) - 1, 2))
    return "".join(table.get(code, "") for code in codes)


def _in_the_rest(made: Made, words: Sequence[str]) -> list[str]:
    """Strings of the file that are on no page: properties, names, remarks. There should be none at all."""
    found = []
    with pikepdf.open(io.BytesIO(made.data)) as document:
        for item in [*document.objects, document.trailer]:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                texts = [str(part) for _, part in item.items() if isinstance(part, pikepdf.String)]
                found += [
                    "文件属性"
                    for word in words
                    for text in texts
                    if len(normal(word)) >= FEWEST and holds(text, word)
                ]
        if "/Info" in document.trailer or "/Metadata" in document.Root or "/AcroForm" in document.Root:
            found.append("文件属性")
    return found


def _by_machine(made: Made, words: Sequence[str], places: list[str]) -> tuple[int, ...]:
    """Read the pictures with tesseract, where it is installed with Chinese."""
    from portal.redaction.machine import can_read, read

    if not can_read():
        return ()
    done = []
    for number, plan in made.plans.items():
        if plan.whole:
            continue
        text = read(made.data, number)
        if text is None:
            places.append(f"第{number}页（图片未能识别）")
            continue
        done.append(number)
        taken = [part for part in plan.taken if len(normal(part)) >= 4]
        seen, rest = Heap(text), Heap("".join(letter.sign for letter in plan.rest))
        for word in (*words, *taken):
            if re.search(r"\w", word) and seen.holds(word) > rest.holds(word):
                places.append(f"第{number}页（图片）")
    return tuple(done)
