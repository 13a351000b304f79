"""The fonts: which faces there are, and which characters the main face lacks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FACES = {
    "Doc Fang": "fang.otf",
    "Doc Kai": "kai.otf",
    "Doc Hei": "hei.otf",
    "Doc Title": "title.otf",
    "Doc Song": "song.otf",
    **{f"Doc Rare {number}": f"rare{number}.otf" for number in range(1, 9)},
}


def font_css(directory: Path) -> str:
    """@font-face rules for the faces; FileNotFoundError if one is not there."""
    rules = []
    for family, name in FACES.items():
        path = directory / name
        if not path.exists():
            raise FileNotFoundError(f"{path.name} is missing; run make setup")
        rules.append(f'@font-face {{ font-family: "{family}"; src: url("{path.resolve().as_uri()}"); }}')
    return "\n".join(rules)


@lru_cache(maxsize=2)
def covered(path: Path) -> frozenset[int]:
    """The code points that a font file has."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def split_rare(text: str, directory: Path) -> list[tuple[str, bool]]:
    """The text in parts; True marks a run that the main face lacks and another face must draw."""
    known = covered(directory / FACES["Doc Fang"])
    parts: list[tuple[str, bool]] = []
    for sign in text:
        rare = ord(sign) not in known and not sign.isspace()
        if parts and parts[-1][1] is rare:
            parts[-1] = (parts[-1][0] + sign, rare)
        else:
            parts.append((sign, rare))
    return parts
