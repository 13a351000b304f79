"""PDFs with failed redactions and clean ones, written operator by operator as different programs write them.

Nothing here knows how the inspection works: each sample is made from what a maker does.
"""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pikepdf
from PIL import Image, ImageDraw, ImageFont

LINES = (
    "Contract No. 2026-017 between the office and the supplier",
    "The sum of the works is 1,280,000 and is paid in three parts.",
    "Works begin on 16 March 2026 and end on 30 June 2026.",
    "Questions are answered at the office on working days.",
)
SECRETS = ("Zhang Weimin", "530402198503120017", "13987701234", "Hongta Road 18-3-402", "6222021234567890")


@dataclass(frozen=True)
class Sample:
    """A file, how it was made, and if it holds words that somebody meant to take away."""

    name: str
    data: bytes
    is_bad: bool


class Sheet:
    """A page that is written by hand: text by lines, boxes and whatever a maker adds."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.parts: list[str] = []
        self.state: dict[str, dict[str, object]] = {}
        self.size = rng.choice((10, 11, 12, 14))
        self.left, self.top = rng.randint(50, 90), rng.randint(640, 740)
        self.pitch = self.size * rng.choice((1.4, 1.8, 2.2))
        self.lines = list(rng.sample(LINES, 4))
        self.at = rng.randint(0, 3)
        self.secret = rng.choice(SECRETS)

    def text(self, words: str, x: float, y: float, before: str = "0 g", size: float = 0) -> None:
        """One line."""
        escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self.parts.append(f"q {before} BT /F1 {size or self.size} Tf {x} {y} Td ({escaped}) Tj ET Q")

    def body(self, *, secret: bool) -> None:
        """The lines; the secret stands alone on the line after number `at` if it is written as plain text."""
        for number, line in enumerate(self.lines):
            self.text(line, self.left, self.top - number * self.pitch * 2)
        if secret:
            self.text(self.secret, *self.place)

    @property
    def place(self) -> tuple[float, float]:
        """Where the secret stands."""
        return self.left + 12, self.top - self.at * self.pitch * 2 - self.pitch

    @property
    def box(self) -> str:
        """The operands of a rectangle around the secret."""
        x, y = self.place
        return f"{x - 3} {y - 0.3 * self.size} {len(self.secret) * self.size * 0.62 + 6} {self.size * 1.3}"

    def add(self, words: str) -> None:
        """Operators as they are."""
        self.parts.append(words)

    def done(self, change: Callable[[pikepdf.Pdf], None] | None = None, **page: object) -> bytes:
        """The file."""
        with pikepdf.new() as document:
            added = document.add_blank_page(page_size=(595, 842))
            fonts = pikepdf.Dictionary(
                F1=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name(self.rng.choice(("/Helvetica", "/Times-Roman", "/Courier"))),
                    Encoding=pikepdf.Name.WinAnsiEncoding,
                )
            )
            states = pikepdf.Dictionary(
                {f"/{name}": pikepdf.Dictionary(what) for name, what in self.state.items()}
            )
            added.obj.Resources = pikepdf.Dictionary(Font=fonts, ExtGState=states)
            added.obj.Contents = document.make_stream("\n".join(self.parts).encode("latin-1"))
            for key, value in page.items():
                added.obj[f"/{key}"] = value
            if change is not None:
                change(document)
            out = io.BytesIO()
            document.save(out, compress_streams=self.rng.random() < 0.5)
            return out.getvalue()


def box_after(sheet: Sheet, colour: str) -> bytes:
    """An editor's rectangle over the words."""
    sheet.body(secret=True)
    sheet.add(f"q {colour} {sheet.box} re f Q")
    return sheet.done()


def box_before(sheet: Sheet, colour: str) -> bytes:
    """A word processor's highlight: the ground first, then the words in the same colour."""
    sheet.body(secret=False)
    sheet.add(f"q {colour} {sheet.box} re f Q")
    sheet.text(sheet.secret, *sheet.place, before=colour)
    return sheet.done()


def labelled(sheet: Sheet) -> bytes:
    """A box with a word of its own written over it."""
    sheet.body(secret=True)
    sheet.add(f"q 1 g {sheet.box} re f Q")
    sheet.text("***", *sheet.place)
    return sheet.done()


def thick_line(sheet: Sheet) -> bytes:
    """A line as thick as the words, drawn through them."""
    sheet.body(secret=True)
    x, y = sheet.place
    middle = y + sheet.size * 0.3
    width = len(sheet.secret) * sheet.size * 0.62
    sheet.add(f"q 0 G {sheet.size * 1.3} w {x - 3} {middle} m {x + width} {middle} l S Q")
    return sheet.done()


def form_box(sheet: Sheet) -> bytes:
    """The box comes in a form XObject, as stamping programs do it."""
    sheet.body(secret=True)
    sheet.add("/X1 Do")

    def change(document: pikepdf.Pdf) -> None:
        form = document.make_stream(f"0 g {sheet.box} re f".encode())
        form.update(
            pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842])
        )
        document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X1=form)

    return sheet.done(change)


def image_over(sheet: Sheet) -> bytes:
    """A black picture pasted over the words."""
    sheet.body(secret=True)
    x, y, width, height = sheet.box.split()
    sheet.add(f"q {width} 0 0 {height} {x} {y} cm /X1 Do Q")

    def change(document: pikepdf.Pdf) -> None:
        picture = document.make_stream(zlib.compress(b"\0" * 64))
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=8,
                Height=8,
                ColorSpace=pikepdf.Name.DeviceGray,
                BitsPerComponent=8,
                Filter=pikepdf.Name.FlateDecode,
            )
        )
        document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X1=picture)

    return sheet.done(change)


def annotated(sheet: Sheet, kind: str) -> bytes:
    """A remark laid over the words instead of taking them away."""
    sheet.body(secret=True)
    x, y, width, height = (float(part) for part in sheet.box.split())

    def change(document: pikepdf.Pdf) -> None:
        look = document.make_stream(f"0 g 0 0 {width} {height} re f".encode())
        look.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, width, height]
            )
        )
        mark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(kind),
            Rect=[x, y, x + width, y + height],
            IC=[0, 0, 0],
            C=[0, 0, 0],
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(mark)])

    return sheet.done(change)


def white_words(sheet: Sheet, colour: str) -> bytes:
    """The words turned white, or as good as white."""
    sheet.body(secret=False)
    sheet.text(sheet.secret, *sheet.place, before=colour)
    return sheet.done()


def transparent(sheet: Sheet) -> bytes:
    """The words with no opacity."""
    sheet.state["G0"] = {"/ca": 0, "/CA": 0}
    sheet.body(secret=False)
    sheet.text(sheet.secret, *sheet.place, before="/G0 gs 0 g")
    return sheet.done()


def clipped(sheet: Sheet) -> bytes:
    """The words outside the path that they are clipped to."""
    sheet.body(secret=False)
    sheet.text(sheet.secret, *sheet.place, before="0 0 10 10 re W n 0 g")
    return sheet.done()


def squeezed(sheet: Sheet, matrix: str) -> bytes:
    """The words pressed to a hairline."""
    sheet.body(secret=False)
    x, y = sheet.place
    sheet.add(f"BT /F1 {sheet.size} Tf {matrix.format(x=x, y=y)} ({sheet.secret}) Tj ET")
    return sheet.done()


def tiny(sheet: Sheet) -> bytes:
    """The words half a point high."""
    sheet.body(secret=False)
    sheet.text(sheet.secret, *sheet.place, size=0.5)
    return sheet.done()


def unpainted(sheet: Sheet) -> bytes:
    """Words that are not painted, on a page without a scan."""
    sheet.body(secret=False)
    sheet.text(sheet.secret, *sheet.place, before="3 Tr 0 g")
    return sheet.done()


def off_page(sheet: Sheet) -> bytes:
    """Words beside the page."""
    sheet.body(secret=False)
    sheet.text(sheet.secret, 20, 900)
    return sheet.done()


def cropped(sheet: Sheet) -> bytes:
    """A page cropped so that its foot no longer shows."""
    sheet.body(secret=False)
    sheet.text(sheet.secret, 60, 30)
    return sheet.done(CropBox=pikepdf.Array([0, 80, 595, 842]))


def turned(sheet: Sheet, angle: int) -> bytes:
    """A box over the words of a turned page."""
    sheet.body(secret=True)
    sheet.add(f"q 0 g {sheet.box} re f Q")
    return sheet.done(Rotate=angle)


def scan(sheet: Sheet, *, blackened: bool, under: bool) -> bytes:
    """A scanned page with the words that a machine read in it, with or without a word blackened in the picture."""
    image = Image.new("L", (1190, 1684), 250)
    draw = ImageDraw.Draw(image)
    sheet.secret = sheet.secret if blackened else "Office of Works"
    rows = [
        (line, sheet.left, sheet.top - number * sheet.pitch * 2) for number, line in enumerate(sheet.lines)
    ]
    rows.append((sheet.secret, *sheet.place))
    for words, x, y in rows:
        face = ImageFont.load_default(sheet.size * 2)
        draw.text((x * 2, (842 - y) * 2), words, fill=20, font=face, anchor="ls")
        width = draw.textlength(words, font=face) / 2
        if blackened and words == sheet.secret:
            draw.rectangle(
                (x * 2 - 4, (842 - y) * 2 - sheet.size * 2, (x + width) * 2 + 4, (842 - y) * 2 + 8), fill=0
            )
        stretch = width / max(1.0, len(words) * sheet.size * 0.6) * 100
        mode = "0 g" if under else "3 Tr"
        sheet.add(f"q {mode} BT /F1 {sheet.size} Tf {stretch:.1f} Tz {x} {y} Td ({words}) Tj ET Q")
    picture_first = "q 595 0 0 842 0 0 cm /X1 Do Q"
    sheet.parts = [*sheet.parts, picture_first] if under else [picture_first, *sheet.parts]

    def change(document: pikepdf.Pdf) -> None:
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=80)
        picture = document.make_stream(packed.getvalue())
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=1190,
                Height=1684,
                ColorSpace=pikepdf.Name.DeviceGray,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
        )
        page = document.pages[0].obj
        page.Resources.XObject = pikepdf.Dictionary(X1=picture)
        page.Resources.Font.F1.BaseFont = pikepdf.Name.Courier

    return sheet.done(change)


BAD: dict[str, Callable[[Sheet], bytes]] = {
    "black box": partial(box_after, colour="0 g"),
    "grey box": partial(box_after, colour="0.4 g"),
    "white box": partial(box_after, colour="1 g"),
    "blue box": partial(box_after, colour="0.1 0.2 0.6 rg"),
    "highlight": partial(box_before, colour="0 g"),
    "dark highlight": partial(box_before, colour="0.2 0.2 0.2 rg"),
    "labelled box": labelled,
    "thick line": thick_line,
    "box in form": form_box,
    "picture over": image_over,
    "square remark": partial(annotated, kind="/Square"),
    "redaction mark": partial(annotated, kind="/Redact"),
    "white words": partial(white_words, colour="1 g"),
    "nearly white": partial(white_words, colour="0.99 g"),
    "transparent": transparent,
    "clipped": clipped,
    "squeezed": partial(squeezed, matrix="0.01 0 0 1 {x} {y} Tm"),
    "scaled": partial(squeezed, matrix="1 Tz {x} {y} Td"),
    "tiny": tiny,
    "unpainted": unpainted,
    "off page": off_page,
    "cropped": cropped,
    "turned 90": partial(turned, angle=90),
    "turned 180": partial(turned, angle=180),
    "scan blackened": partial(scan, blackened=True, under=False),
    "scan blackened over": partial(scan, blackened=True, under=True),
}


def samples(rng: random.Random, each: int) -> Iterator[Sample]:
    """`each` of every failed kind, then as many clean ones of every kind in redaction_clean."""
    for kind, make in BAD.items():
        for number in range(each):
            yield Sample(f"pdf, {kind} {number}", make(Sheet(rng)), True)
