"""Fonts of copied pages keep only what those pages use: a sign that stood only under a box would betray the word.

A font is shared by all pages of a file. Its ToUnicode table and its glyphs list every sign of the file, so a
rare sign of a blackened name stays readable in a page that was only copied. Where a font cannot be cut, the
signs it betrays are given, and the pages that use it become pictures.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import uharfbuzz

SHOWS = frozenset({"Tj", "TJ", "'", '"'})
MOST_DEPTH = 12
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(<[0-9A-Fa-f\s]*>|\[[^\]]*\])")
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_WRITTEN = re.compile(rb"<([0-9a-fA-F]*)>|\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
Key = tuple[int, int]


@dataclass
class Use:
    """A font and the codes by which the copied pages show it."""

    font: Any
    codes: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)


def used_fonts(pages: dict[int, pikepdf.Page]) -> dict[Key, Use]:
    """The indirect fonts of pages (by number), with the codes that are shown and the pages that show them."""
    found: dict[Key, Use] = {}
    for number, page in pages.items():
        _collect(page, page.obj.get("/Resources"), number, found, 0)
    return found


def _collect(holder: Any, resources: Any, number: int, found: dict[Key, Use], depth: int) -> None:
    if not isinstance(resources, pikepdf.Dictionary) or depth > MOST_DEPTH:
        return
    fonts = resources.get("/Font", pikepdf.Dictionary())
    for _, font in fonts.items():
        if font.is_indirect:
            found.setdefault(font.objgen, Use(font)).pages.add(number)
    current: Any = None
    for step in pikepdf.parse_content_stream(holder):
        operator = str(step.operator)
        if operator == "Tf" and step.operands:
            named: Any = fonts.get(str(step.operands[0]))
            current = found.get(named.objgen) if named is not None and named.is_indirect else None
        elif operator in SHOWS and current is not None and step.operands:
            _shown(step.operands[-1], current)
    for _, thing in resources.get("/XObject", pikepdf.Dictionary()).items():
        if isinstance(thing, pikepdf.Stream) and str(thing.get("/Subtype", "")) == "/Form":
            _collect(thing, thing.get("/Resources", resources), number, found, depth + 1)
    for _, thing in resources.get("/Pattern", pikepdf.Dictionary()).items():
        if isinstance(thing, pikepdf.Stream):
            _collect(thing, thing.get("/Resources"), number, found, depth + 1)


def _shown(operand: Any, use: Use) -> None:
    wide = str(use.font.get("/Subtype", "")) == "/Type0"
    for raw in _strings(operand):
        if wide:
            count = len(raw) // 2
            use.codes.update(struct.unpack(f">{count}H", raw[: count * 2]))
        else:
            use.codes.update(raw)


def _strings(operand: Any) -> list[bytes]:
    """The strings of an operand. An array is written out by qpdf at once: a line of text is many strings and numbers."""
    if not isinstance(operand, pikepdf.Array):
        return [bytes(operand)] if isinstance(operand, pikepdf.String) else []
    return [
        bytes.fromhex(digits.decode()) if digits else _ESCAPED.sub(_unescaped, signs)
        for digits, signs in _WRITTEN.findall(operand.unparse())
    ]


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if code.isdigit() else _SHORT.get(code, code)


def cut(use: Use) -> bool:
    """Leave in a font only what is used; False if its glyphs could not be cut (its tables are cut anyway)."""
    font = use.font
    _cut_table(font, use.codes)
    if str(font.get("/Subtype", "")) != "/Type0" or str(font.get("/Encoding", "")) != "/Identity-H":
        return False
    below = font.DescendantFonts[0]
    descriptor = below.get("/FontDescriptor", pikepdf.Dictionary())
    key = "/FontFile2" if "/FontFile2" in descriptor else "/FontFile3"
    program = descriptor.get(key)
    if not isinstance(program, pikepdf.Stream):
        return True
    if key == "/FontFile3" and str(program.get("/Subtype", "")) != "/OpenType":
        return False
    glyphs = _glyphs(below, use.codes)
    try:
        made = _subset(program.read_bytes(), glyphs)
    except (RuntimeError, ValueError, pikepdf.PdfError):
        return False
    program.write(made)
    if "/Length1" in program:
        program["/Length1"] = len(made)
    for extra in ("/CIDSet", "/CharSet"):
        if extra in descriptor:
            del descriptor[extra]
    _cut_widths(below, use.codes)
    return True


def _glyphs(below: Any, codes: set[int]) -> set[int]:
    table = below.get("/CIDToGIDMap")
    if isinstance(table, pikepdf.Stream):
        raw = table.read_bytes()
        glyphs = {code: int.from_bytes(raw[code * 2 : code * 2 + 2], "big") for code in codes}
        kept = bytearray(len(raw))
        for code, glyph in glyphs.items():
            kept[code * 2 : code * 2 + 2] = glyph.to_bytes(2, "big")
        table.write(bytes(kept[: len(raw)]))
        return set(glyphs.values())
    return set(codes)


def _subset(program: bytes, glyphs: set[int]) -> bytes:
    face = uharfbuzz.Face(program)
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.layout_feature_tag_set.clear()
    wanted.no_subset_table_tag_set.clear()
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def _cut_widths(below: Any, codes: set[int]) -> None:
    widths = below.get("/W")
    if not isinstance(widths, pikepdf.Array):
        return
    parts, at = list(widths), 0
    known: dict[int, Any] = {}
    while at + 1 < len(parts):
        first = int(parts[at])
        if isinstance(parts[at + 1], pikepdf.Array):
            known |= {first + place: width for place, width in enumerate(parts[at + 1])}
            at += 2
        elif at + 2 < len(parts):
            known |= dict.fromkeys(
                (code for code in codes if first <= code <= int(parts[at + 1])), parts[at + 2]
            )
            at += 3
        else:
            break
    kept = [(code, known[code]) for code in sorted(codes) if code in known]
    below["/W"] = pikepdf.Array([part for code, width in kept for part in (code, pikepdf.Array([width]))])


def table_of(font: Any) -> dict[int, str]:
    """A font's ToUnicode table: code to text."""
    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    data = stream.read_bytes()
    found: dict[int, str] = {}
    for block in _CHARS.findall(data):
        found |= {int(code, 16): _text(text) for code, text in _PAIR.findall(block)}
    for block in _RANGES.findall(data):
        for first, last, target in _RANGE.findall(block):
            start, end = int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF)
            if target.startswith(b"["):
                found |= {start + at: _text(text) for at, text in enumerate(_HEX.findall(target))}
                continue
            base = _text(target.strip(b"<>"))
            if base:
                found |= {
                    code: base[:-1] + chr(ord(base[-1]) + code - start)
                    for code in range(start, end + 1)
                    if ord(base[-1]) + code - start < 0x110000
                }
    return found


def _text(raw: bytes) -> str:
    digits = b"".join(raw.split())
    data = bytes.fromhex(digits.decode()) if len(digits) % 2 == 0 else b""
    return data.decode("utf-16-be", "replace") if len(data) > 1 else data.decode("latin-1")


def _cut_table(font: Any, codes: set[int]) -> None:
    table = table_of(font)
    if "/ToUnicode" not in font:
        return
    wide = 4 if str(font.get("/Subtype", "")) == "/Type0" else 2
    kept = [(code, table[code]) for code in sorted(codes) if table.get(code)]
    blocks = [kept[at : at + 100] for at in range(0, len(kept), 100)]
    pairs = "\n".join(
        f"{len(block)} beginbfchar\n"
        + "\n".join(
            f"<{code:0{wide}X}> <{text.encode('utf-16-be', 'replace').hex()}>" for code, text in block
        )
        + "\nendbfchar"
        for block in blocks
    )
    space = "<0000> <FFFF>" if wide == 4 else "<00> <FF>"
    font["/ToUnicode"].write(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            f"1 begincodespacerange {space} endcodespacerange\n{pairs}\n"
            "endcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode()
    )


def betrayed(uses: dict[Key, Use], signs: set[str]) -> dict[int, set[str]]:
    """By page, the blackened signs that a font which cannot be cut would still hold though no copied page shows them."""
    found: dict[int, set[str]] = defaultdict(set)
    for use in uses.values():
        table = table_of(use.font)
        shown = {table.get(code, "") for code in use.codes}
        left = {text for code, text in table.items() if code not in use.codes and text in signs} - shown
        if left and not _can_be_cut(use):
            for page in use.pages:
                found[page] |= left
    return found


def _can_be_cut(use: Use) -> bool:
    font = use.font
    if str(font.get("/Subtype", "")) != "/Type0" or str(font.get("/Encoding", "")) != "/Identity-H":
        return "/FontDescriptor" not in font
    descriptor = font.DescendantFonts[0].get("/FontDescriptor", pikepdf.Dictionary())
    program = descriptor.get("/FontFile3")
    return program is None or str(program.get("/Subtype", "")) == "/OpenType"
