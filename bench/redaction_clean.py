"""Clean PDFs that have much in common with failed redactions: frames, grounds, highlights, scans with their words."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial

import pikepdf

from bench.redaction_pdfs import Sample, Sheet, scan


def plain(sheet: Sheet) -> bytes:
    """Lines of text."""
    sheet.body(secret=True)
    return sheet.done()


def framed(sheet: Sheet, paint: str) -> bytes:
    """A frame without a fill around words."""
    sheet.body(secret=True)
    sheet.add(f"q 0 G 1 w {sheet.box} re {paint} Q")
    return sheet.done()


def on_ground(sheet: Sheet, ground: str, ink: str) -> bytes:
    """Words on a ground that was painted before them."""
    sheet.body(secret=False)
    sheet.add(f"q {ground} {sheet.box} re f Q")
    sheet.text(sheet.secret, *sheet.place, before=ink)
    return sheet.done()


def marked(sheet: Sheet) -> bytes:
    """A marker painted after the words that multiplies, as PDF readers write it."""
    sheet.state["G0"] = {"/BM": pikepdf.Name.Multiply, "/ca": 0.6}
    sheet.body(secret=True)
    sheet.add(f"q /G0 gs 1 1 0 rg {sheet.box} re f Q")
    return sheet.done()


def veiled(sheet: Sheet) -> bytes:
    """A half transparent box over words."""
    sheet.state["G0"] = {"/ca": 0.35}
    sheet.body(secret=True)
    sheet.add(f"q /G0 gs 0.2 0.4 0.9 rg {sheet.box} re f Q")
    return sheet.done()


def table(sheet: Sheet) -> bytes:
    """A table: white cells and a dark head, all painted before the words, rules after them."""
    for row in range(6):
        ground = "0.15 0.25 0.5 rg" if row == 0 else ("0.95 g" if row % 2 else "1 g")
        y = 700 - row * 24
        sheet.add(f"q {ground} 60 {y} 420 24 re f Q")
        sheet.text(f"Row {row} with figures {row * 137}", 66, y + 8, before="1 g" if row == 0 else "0 g")
    for row in range(7):
        sheet.add(f"q 0.5 w 60 {724 - row * 24} m 480 {724 - row * 24} l S Q")
    return sheet.done()


def underlined(sheet: Sheet) -> bytes:
    """Rules under and through words, and underscores on a rule."""
    sheet.body(secret=True)
    x, y = sheet.place
    sheet.add(f"q 0 G 0.8 w {x} {y - 2} m {x + 200} {y - 2} l S {x} {y + 3} m {x + 60} {y + 3} l S Q")
    sheet.text("________________", 70, 200)
    sheet.add("q 0 G 1 w 60 199 m 300 199 l S Q")
    return sheet.done()


def watermark(sheet: Sheet) -> bytes:
    """A large pale word behind the text."""
    sheet.add("q 0.85 g BT /F1 80 Tf 0.7 0.7 -0.7 0.7 130 200 Tm (SAMPLE) Tj ET Q")
    sheet.body(secret=True)
    return sheet.done()


def cancelled(sheet: Sheet) -> bytes:
    """An emptied box: the words were taken away before it was painted."""
    sheet.body(secret=False)
    sheet.add(f"q 0 g {sheet.box} re f Q")
    return sheet.done()


def grounds_labelled(sheet: Sheet) -> bytes:
    """An emptied box with its ground in white."""
    sheet.body(secret=False)
    sheet.add(f"q 0 g {sheet.box} re f Q")
    sheet.text("Art. 15", *sheet.place, before="1 g")
    return sheet.done()


def bold_twice(sheet: Sheet) -> bytes:
    """Words painted twice, a little apart, to look bold; and a grey shadow under a title."""
    sheet.body(secret=True)
    x, y = sheet.place
    sheet.text(sheet.secret, x + 0.3, y)
    sheet.text("Notice", 201, 789, before="0.7 g", size=22)
    sheet.text("Notice", 200, 790, size=22)
    return sheet.done()


def linked(sheet: Sheet) -> bytes:
    """A link and a text mark over words."""
    sheet.body(secret=True)
    x, y, width, height = (float(part) for part in sheet.box.split())

    def change(document: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[x, y, x + width, y + height],
            Border=[0, 0, 0],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://portal.example/")),
        )
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])

    return sheet.done(change)


def small_print(sheet: Sheet) -> bytes:
    """Notes in five points, and a narrow face."""
    sheet.body(secret=False)
    sheet.text("All figures without guarantee; see the note on the last page.", 60, 60, size=5)
    sheet.add("BT /F1 10 Tf 60 Tz 60 90 Td (A line in a narrow face, as tables need it) Tj ET")
    return sheet.done()


def turned(sheet: Sheet, angle: int) -> bytes:
    """A turned page with a ground behind words."""
    sheet.add(f"q 0.8 0.9 1 rg {sheet.box} re f Q")
    sheet.body(secret=True)
    return sheet.done(Rotate=angle)


def white_page(sheet: Sheet) -> bytes:
    """The whole page painted white before the words, as printing to PDF does, all in a clip."""
    sheet.add("q 0 0 595 842 re W n 1 g 0 0 595 842 re f")
    sheet.body(secret=True)
    sheet.add("Q")
    return sheet.done()


CLEAN: dict[str, Callable[[Sheet], bytes]] = {
    "plain": plain,
    "frame": partial(framed, paint="S"),
    "double frame": partial(framed, paint="s"),
    "empty path": partial(framed, paint="n"),
    "yellow ground": partial(on_ground, ground="1 1 0 rg", ink="0 g"),
    "white on black": partial(on_ground, ground="0 g", ink="1 g"),
    "white on blue": partial(on_ground, ground="0.1 0.2 0.6 rg", ink="1 g"),
    "grey on white": partial(on_ground, ground="1 g", ink="0.6 g"),
    "red on grey": partial(on_ground, ground="0.9 g", ink="0.8 0 0 rg"),
    "marker": marked,
    "veil": veiled,
    "table": table,
    "rules": underlined,
    "watermark": watermark,
    "emptied box": cancelled,
    "emptied box, ground": grounds_labelled,
    "bold twice": bold_twice,
    "link": linked,
    "small print": small_print,
    "turned 90": partial(turned, angle=90),
    "turned 270": partial(turned, angle=270),
    "white page": white_page,
    "scan, words over": partial(scan, blackened=False, under=False),
    "scan, words under": partial(scan, blackened=False, under=True),
}


def samples(rng: random.Random, each: int) -> Iterator[Sample]:
    """`each` of every kind."""
    for kind, make in CLEAN.items():
        for number in range(each):
            yield Sample(f"pdf, {kind} {number}", make(Sheet(rng)), False)
