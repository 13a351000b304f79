"""The fonts: which faces there are, and which face draws a sign.

The main face (仿宋) has GB 2312 and little more. What it lacks is marked out in the page and drawn by 宋体 or by one of
the small faces of rare signs, so that the line grid holds and a letter embeds only what it shows. A sign that no face
has is printed as its code, ［U+323B0］: never as a hole, and never by a font that happens to lie on the machine.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MAIN = {
    "Doc Fang": "fang.otf",
    "Doc Kai": "kai.otf",
    "Doc Hei": "hei.otf",
    "Doc Title": "title.otf",
    "Doc Song": "song.otf",
}
NOT_DRAWN = frozenset({"Cc", "Cf", "Cs"})
TAG = re.compile(r"(<[^>]*>)")
MARKED = re.compile(r'<span class="rare (rare\d+)">')


@dataclass(frozen=True)
class FontSet:
    """What the faces of a folder draw, as runs of code points in order, each with the face that draws it.

    Kept as plain numbers, not as sets of signs: every process that makes papers or looks at names holds one.
    """

    directory: Path
    firsts: array[int]
    lasts: array[int]
    faces: tuple[str, ...]
    unusual: re.Pattern[str]

    def face_of(self, sign: str) -> str | None:
        """ "" for the main face, "song", the name of a rare face, or None if no face has the sign."""
        code = ord(sign)
        place = bisect_right(self.firsts, code) - 1
        return self.faces[place] if place >= 0 and code <= self.lasts[place] else None

    def missing(self, text: str) -> list[str]:
        """The signs of a text that no face has, each once, in order."""
        found = dict.fromkeys(sign for sign in text if _is_drawn(sign) and not sign.isspace())
        return [sign for sign in found if self.face_of(sign) is None]

    def parts(self, text: str) -> Iterator[tuple[str, str]]:
        """The text in runs of one face, as it will be drawn: (run, face); signs without a face as their code."""
        run, face = "", ""
        for sign in text:
            if not _is_drawn(sign):
                continue
            own = self.face_of(sign)
            shown = sign if own is not None else " " if sign.isspace() else f"［U+{ord(sign):04X}］"
            own = own or ""
            if own != face and run:
                yield run, face
                run = ""
            run, face = run + shown, own
        if run:
            yield run, face

    def marked(self, html: str) -> str:
        """The page with every sign that the main face lacks in a span that names its face."""
        if not self.unusual.search(html):
            return html
        head, body, rest = html.partition("<body")
        if not body:
            head, rest = "", html
        pieces = TAG.split(body + rest)
        for index in range(0, len(pieces), 2):
            if self.unusual.search(pieces[index]):
                pieces[index] = "".join(_span(*part) for part in self.parts(pieces[index]))
        return head + "".join(pieces)


def _is_drawn(sign: str) -> bool:
    """False for what has no shape: controls, marks of direction, joiners, variation selectors, noncharacters."""
    if sign in "\n\t":
        return True
    code = ord(sign)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0xFDD0 <= code <= 0xFDEF:
        return False
    # Not assigned (Cn) for this Python may be a newer letter: it has a shape, though no face of ours may have it.
    return code & 0xFFFE != 0xFFFE and unicodedata.category(sign) not in NOT_DRAWN


def _span(run: str, face: str) -> str:
    return f'<span class="rare {face}">{run}</span>' if face else run


@lru_cache(maxsize=4)
def font_set(directory: Path) -> FontSet:
    """The faces of a folder, read once. FileNotFoundError if the set is not there or of an older version."""
    manifest = directory / "manifest.json"
    if not manifest.exists() or "signs" not in (made := json.loads(manifest.read_text())):
        raise FileNotFoundError(f"{directory} holds no current fonts; run make setup")
    runs: list[tuple[int, int, str]] = []
    for name, found in made["signs"].items():
        face = "" if name == "fang.otf" else sys.intern(Path(name).stem)
        runs += [(first, last, face) for first, last in zip(found[::2], found[1::2], strict=True)]
    usual = "".join(
        f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last, face in runs if not face
    )
    runs.sort()
    return FontSet(
        directory,
        array("I", [first for first, _, _ in runs]),
        array("I", [last for _, last, _ in runs]),
        tuple(face for _, _, face in runs),
        re.compile(f"[^\\n\\t{usual}]"),
    )


def font_css(directory: Path) -> str:
    """@font-face rules for the main faces; FileNotFoundError if one is not there."""
    rules = []
    for family, name in MAIN.items():
        path = directory / name
        if not path.exists():
            raise FileNotFoundError(f"{path.name} is missing; run make setup")
        rules.append(f'@font-face {{ font-family: "{family}"; src: url("{path.resolve().as_uri()}"); }}')
    return "\n".join(rules)


def rare_css(directory: Path, face: str) -> str:
    """The rules of one rare face: declared when a page first needs it. FileNotFoundError if it is not there."""
    path = next(directory.glob(f"{face}.[ot]tf"), None)
    if path is None:
        raise FileNotFoundError(f"{face} is missing; run make setup")
    return (
        f'@font-face {{ font-family: "Doc {face}"; src: url("{path.resolve().as_uri()}"); }} '
        f'.{face} {{ font-family: "Doc {face}", "Doc Song"; }}'
    )


def faces_in(html: str) -> set[str]:
    """The rare faces that a marked page needs."""
    return set(MARKED.findall(html))
