"""Four independent readers of PDF, and how far their pictures of a page are apart.

poppler and pdfium ignore the charset of an embedded CFF font; MuPDF and Ghostscript look codes up in it, as ISO 32000-1
9.7.4.2 says. A file is right when all four show the same ink at the same place.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

DPI = 144
SCALE = DPI / 72
# A sign may lie this many pixels apart, and its edges may be softened: correlation of its picture with another
# reader's. Measured: the same sign 0.83 to 1.00; another sign in its place at most 0.75, none at all near 0.
SHIFT = 2
ALIKE = 0.80
# Ink that no text stands for (lines, the QR code, a sign too many): mean darkness (0 to 255) of a patch of this size.
PATCH = 24
DARKNESS = 60.0
Picture = NDArray[np.float32]
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Finding:
    """What one reader shows otherwise than poppler: on which page, and what."""

    reader: str
    page: int
    what: str

    def __str__(self) -> str:
        return f"{self.reader}, page {self.page}: {self.what}"


def _run(command: list[str], pattern: str, data: bytes) -> list[Picture]:
    with TemporaryDirectory(prefix="reader-") as name:
        folder = Path(name)
        (folder / "in.pdf").write_bytes(data)
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
        found = sorted(folder.glob(pattern), key=lambda path: int("".join(filter(str.isdigit, path.stem))))
        return [_picture(Image.open(io.BytesIO(path.read_bytes()))) for path in found]


def _picture(image: Image.Image) -> Picture:
    darkness = 255.0 - np.asarray(image.convert("L"), dtype=np.float32)
    return cv2.GaussianBlur(darkness, (3, 3), 0.8)


def poppler(data: bytes) -> list[Picture]:
    """Each page's darkness as poppler draws it."""
    return _run(["pdftoppm", "-r", str(DPI), "-gray", "in.pdf", "page"], "page*.pgm", data)


def pdfium(data: bytes) -> list[Picture]:
    """Each page's darkness as pdfium draws it."""
    with pypdfium2.PdfDocument(data) as document:
        return [_picture(page.render(scale=SCALE).to_pil()) for page in document]


def mupdf(data: bytes) -> list[Picture]:
    """Each page's darkness as MuPDF draws it."""
    return _run(
        ["mutool", "draw", "-q", "-r", str(DPI), "-c", "gray", "-o", "%d.png", "in.pdf"], "*.png", data
    )


def ghostscript(data: bytes) -> list[Picture]:
    """Each page's darkness as Ghostscript draws it."""
    softly = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"]
    quiet = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pnggray", f"-r{DPI}", *softly]
    return _run([*quiet, "-sOutputFile=%d.png", "in.pdf"], "*.png", data)


READERS: dict[str, Callable[[bytes], list[Picture]]] = {
    "poppler": poppler,
    "pdfium": pdfium,
    "mupdf": mupdf,
    "ghostscript": ghostscript,
}


def differences(data: bytes) -> list[Finding]:
    """What MuPDF, Ghostscript and pdfium show otherwise than poppler; empty if all four agree.

    Raises CalledProcessError if a reader cannot read the file.
    """
    first, *others = READERS
    expected = READERS[first](data)
    signs = signs_of(data)
    found: list[Finding] = []
    for name in others:
        pages = READERS[name](data)
        if len(pages) != len(expected):
            found.append(Finding(name, 0, f"{len(pages)} pages instead of {len(expected)}"))
            continue
        for number, (mine, theirs) in enumerate(zip(expected, pages, strict=True), 1):
            wrong = [sign for sign, box in signs[number - 1] if likeness(mine, theirs, box) < ALIKE]
            if wrong:
                found.append(Finding(name, number, f"{len(wrong)} signs, such as {''.join(wrong[:8])}"))
            if (by := _darker(mine, theirs)) > DARKNESS:
                found.append(Finding(name, number, f"ink at another place ({by:.0f})"))
    return found


def signs_of(data: bytes) -> list[list[tuple[str, Box]]]:
    """The visible signs of each page with their places in pixels, from the text that pdfium finds."""
    pages = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            height, text, found = page.get_height(), page.get_textpage(), []
            for index in range(text.count_chars()):
                sign = text.get_text_range(index, 1)
                if sign.strip():
                    left, bottom, right, top = text.get_charbox(index)
                    box = (left, height - top, right, height - bottom)
                    found.append((sign, tuple(round(edge * SCALE) for edge in box)))
            pages.append(found)
    return pages


def likeness(mine: Picture, theirs: Picture, box: Box) -> float:
    """How far two pictures of one sign are alike, 0 to 1, at the best of a few shifts."""
    left, top, right, bottom = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
    sign = mine[max(top, 0) : bottom, max(left, 0) : right]
    around = theirs[max(top - SHIFT, 0) : bottom + SHIFT, max(left - SHIFT, 0) : right + SHIFT]
    if not sign.size or around.shape[0] < sign.shape[0] or around.shape[1] < sign.shape[1]:
        return 1.0
    if sign.std() < 1:
        return 1.0 if abs(float(around.mean()) - float(sign.mean())) < DARKNESS else 0.0
    return float(cv2.matchTemplate(around, sign, cv2.TM_CCOEFF_NORMED).max())


def _darker(mine: Picture, theirs: Picture) -> float:
    """The greatest difference of mean darkness between two pages, over patches."""
    if abs(mine.shape[0] - theirs.shape[0]) > 2 or abs(mine.shape[1] - theirs.shape[1]) > 2:
        return 255.0
    height, width = min(mine.shape[0], theirs.shape[0]), min(mine.shape[1], theirs.shape[1])
    patch = (PATCH, PATCH)
    left, right = cv2.blur(mine[:height, :width], patch), cv2.blur(theirs[:height, :width], patch)
    return float(np.abs(left - right).max())
