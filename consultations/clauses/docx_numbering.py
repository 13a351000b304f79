"""The automatic numbers of a DOCX file, as the labels that Word shows (ECMA-376 Part 1, 17.9 Numbering)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from consultations.clauses.numerals import LARGEST, to_chinese

LEVEL = re.compile(r"%([1-9])")
CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseCounting",
    "koreanDigital2",
)
DIGITS = ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital")
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str
    style: str
    legal: bool


@dataclass(slots=True)
class Numbering:
    """Counts through the paragraphs of a document in order; `unknown` are the number formats it cannot write."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, Any]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def label(self, paragraph: Any) -> str:
        """The label of the next paragraph; "" if it has none, or a bullet."""
        number, at = self._of(paragraph)
        levels = self.levels.get(self.abstract.get(number, ""), {})
        if at not in levels:
            return ""
        counts = self.counters.setdefault(self.abstract[number], {})
        if number not in self.begun:
            self.begun.add(number)
            for level, start in self.restarts.get(number, {}).items():
                counts[level] = start - 1
        for level in range(at):
            counts.setdefault(level, levels[level].start if level in levels else 1)
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for level in [deeper for deeper in counts if deeper > at]:
            del counts[level]
        if levels[at].form in ("bullet", "none"):
            return ""

        def written(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            form = "decimal" if levels[at].legal or level not in levels else levels[level].form
            return self._written(form, counts.get(level, 1))

        return LEVEL.sub(written, levels[at].pattern)

    def _of(self, paragraph: Any) -> tuple[str, int]:
        """The list and level of a paragraph: its own, or that of its style; ("0", 0) if none."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return "0", 0
        own = properties.find(qn("w:numPr"))
        number, level = _value(own, "w:numId"), _value(own, "w:ilvl")
        style = named = _value(properties, "w:pStyle") or ""
        for _ in range(DEEPEST_STYLE):
            if number is not None or style not in self.styles:
                break
            style, listed = self.styles[style]
            number = _value(listed, "w:numId")
            level = level if level is not None else _value(listed, "w:ilvl")
        if number is None:
            return "0", 0
        if level is None:
            levels = self.levels.get(self.abstract.get(number, ""), {})
            level = str(next((at for at, found in levels.items() if named and found.style == named), 0))
        return number, int(level) if level.isdigit() else 0

    def _written(self, form: str, number: int) -> str:
        if form in CHINESE and 0 <= number <= LARGEST:
            return to_chinese(number)
        if form in DIGITS:
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
        if form == "decimalFullWidth":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
        if form == "decimalZero":
            return f"{number:02d}"
        if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
            return chr(0x2460 + number - 1)
        if form in ("upperLetter", "lowerLetter"):
            letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "upperLetter" else letter.lower()
        if form in ("upperRoman", "lowerRoman"):
            roman, rest = "", min(number, 3999)
            for value, sign in ROMAN:
                roman += sign * (rest // value)
                rest %= value
            return roman if form == "upperRoman" else roman.lower()
        if form != "decimal":
            self.unknown.add(form)
        return str(number)


def numbering_of(numbers: Any, styles: Any) -> Numbering:
    """The lists of a file, from the roots of numbering.xml (None if it has none) and styles.xml."""
    found = Numbering()
    for style in styles.findall(qn("w:style")) if styles is not None else ():
        properties = style.find(qn("w:pPr"))
        listed = properties.find(qn("w:numPr")) if properties is not None else None
        found.styles[style.get(qn("w:styleId"), "")] = (_value(style, "w:basedOn") or "", listed)
    for abstract in numbers.findall(qn("w:abstractNum")) if numbers is not None else ():
        found.levels[abstract.get(qn("w:abstractNumId"))] = _levels(abstract)
    for number in numbers.findall(qn("w:num")) if numbers is not None else ():
        name = number.get(qn("w:numId"))
        found.abstract[name] = _value(number, "w:abstractNumId") or ""
        for override in number.findall(qn("w:lvlOverride")):
            start = _value(override, "w:startOverride")
            if start and start.isdigit():
                found.restarts.setdefault(name, {})[int(override.get(qn("w:ilvl"), "0"))] = int(start)
    return found


def _levels(abstract: Any) -> dict[int, _Level]:
    levels = {}
    for level in abstract.findall(qn("w:lvl")):
        start = _value(level, "w:start") or "1"
        levels[int(level.get(qn("w:ilvl"), "0"))] = _Level(
            int(start) if start.isdigit() else 1,
            _value(level, "w:numFmt") or "decimal",
            _value(level, "w:lvlText") or "",
            _value(level, "w:pStyle") or "",
            level.find(qn("w:isLgl")) is not None,
        )
    return levels


def _value(element: Any, tag: str) -> str | None:
    found = element.find(qn(tag)) if element is not None else None
    value = found.get(qn("w:val")) if found is not None else None
    return str(value) if value is not None else None
