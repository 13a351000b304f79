"""The invisible text layer of a page that became a picture: so that it is found, copied and read aloud.

One font without a program for the whole document, Identity-H, its codes the UTF-16 units of the text. It can
show nothing, and it holds no sign that is not asked for: ToUnicode maps every code to itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import pikepdf
from pikepdf import Dictionary, Name, String

from portal.redaction.reading import Letter

Matrix = tuple[float, float, float, float, float, float]
# pdfium's height of a letter of one and the same font differs so much from sign to sign
ALIKE = 0.12


@lru_cache(maxsize=1)
def _to_unicode() -> bytes:
    ranges = [
        f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if not 0xD8 <= high <= 0xDF
    ]
    blocks = [ranges[at : at + 100] for at in range(0, len(ranges), 100)]
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def layer_font(document: pikepdf.Pdf) -> pikepdf.Object:
    """The font of all layers of a document."""
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/Layer"),
        Flags=4,
        FontBBox=[0, -200, 1000, 900],
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=700,
        StemV=80,
    )
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/Layer"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        DW=1000,
        CIDToGIDMap=Name.Identity,
        FontDescriptor=document.make_indirect(descriptor),
    )
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/Layer"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=[document.make_indirect(below)],
            ToUnicode=document.make_stream(_to_unicode()),
        )
    )


def layer_stream(letters: Iterable[Letter], to_page: Matrix) -> bytes:
    """The operators of a layer; `to_page` takes the letters' space to that of the new page."""
    parts = [f"q {_numbers(to_page)} cm BT 3 Tr"]
    parts += [_run(run) for run in _runs(letters)]
    return ("\n".join(parts) + "\nET Q").encode()


def _runs(letters: Iterable[Letter]) -> list[list[Letter]]:
    found: list[list[Letter]] = [[]]
    for letter in letters:
        last = found[-1][-1] if found[-1] else None
        if letter.size == 0 or (last is not None and not _follows(last, letter)):
            found.append([])
        if letter.size and (found[-1] or not letter.sign.isspace()):
            found[-1].append(letter)
    return [run for run in found if run]


def _follows(last: Letter, letter: Letter) -> bool:
    if abs(last.size - letter.size) > ALIKE * last.size or abs(last.angle - letter.angle) > 0.01:
        return False
    x, y = letter.origin[0] - last.origin[0], letter.origin[1] - last.origin[1]
    along = x * math.cos(last.angle) + y * math.sin(last.angle)
    aside = -x * math.sin(last.angle) + y * math.cos(last.angle)
    return abs(aside) < last.size * 0.3 and -0.1 * last.size <= along <= last.advance + last.size * 1.2


def _run(run: list[Letter]) -> str:
    first, last = run[0], run[-1]
    text = "".join(letter.sign for letter in run)
    # pdfium leaves out a piece of text of one sign whose font has no program: a blank makes it two.
    text += " " if len(text) == 1 else ""
    x, y = last.origin[0] - first.origin[0], last.origin[1] - first.origin[1]
    width = max(first.size * 0.1, math.hypot(x, y) + last.advance)
    stretch = 100 * width / (first.size * max(1, len(run)))
    cos, sin = math.cos(first.angle), math.sin(first.angle)
    place = _numbers((cos, sin, -sin, cos, *first.origin))
    return f"/F0 {first.size:.2f} Tf {stretch:.1f} Tz {place} Tm <{text.encode('utf-16-be', 'replace').hex()}> Tj"


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values)
