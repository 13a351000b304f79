"""The automatic numbers of a DOCX file, as the labels that Word shows (ECMA-376 Part 1, 17.9 Numbering)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from consultations.clauses.docx_forms import ZEROS, written

LEVEL = re.compile(r"%([1-9])")
# A format that an author made: its first numbers, e.g. "001, 002, 003, ...".
LEADING_NOUGHTS = re.compile(r"(0+1), 0+2\b.*")
DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class _Level:
    """One level. `restart` counts levels from 1: None (anew after any higher level) or a level, 0 for never."""

    start: int
    form: str
    pattern: str
    style: str
    legal: bool
    restart: int | None

    def begins_anew(self, own: int, used: int) -> bool:
        """True if it is counted anew after a paragraph of the higher level `used` (both from 0; 17.9.10).

        A level that is not higher than the own one is no level to restart after: the rule then is as if not given.
        """
        if self.restart is None or self.restart > own:
            return True
        return used < self.restart


@dataclass(slots=True)
class Numbering:
    """Counts through the paragraphs of a document in order; `unknown` are the number formats it cannot write."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    changed: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, Any]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def label(self, paragraph: Any) -> str:
        """The label of the next paragraph; "" if it has none, or a bullet."""
        number, at = self._of(paragraph)
        levels = self._levels(number)
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
            if level not in levels or levels[level].begins_anew(level, at):
                del counts[level]
        if levels[at].form in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            form = "decimal" if levels[at].legal or level not in levels else levels[level].form
            return self._written(form, counts.get(level, 1))

        return LEVEL.sub(shown, levels[at].pattern)

    def _levels(self, number: str) -> dict[int, _Level]:
        """The levels of a list: those of its definition, and what the list itself has changed."""
        return {**self.levels.get(self.abstract.get(number, ""), {}), **self.changed.get(number, {})}

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
            levels = self._levels(number)
            level = str(next((at for at, found in levels.items() if named and found.style == named), 0))
        return number, int(level) if level.isdigit() else 0

    def _written(self, form: str, number: int) -> str:
        found = written(form, number)
        if found is None:
            self.unknown.add(form)
        return str(number) if found is None else found


def numbering_of(numbers: Any, styles: Any) -> Numbering:
    """The lists of a file, from the roots of numbering.xml (None if it has none) and styles.xml."""
    found = Numbering()
    for style in styles.findall(qn("w:style")) if styles is not None else ():
        properties = style.find(qn("w:pPr"))
        listed = properties.find(qn("w:numPr")) if properties is not None else None
        found.styles[style.get(qn("w:styleId"), "")] = (_value(style, "w:basedOn") or "", listed)
    linked: dict[str, str] = {}
    for abstract in numbers.findall(qn("w:abstractNum")) if numbers is not None else ():
        name = abstract.get(qn("w:abstractNumId"))
        found.levels[name] = _levels(abstract)
        lender = _value(abstract, "w:styleLink")
        if lender is not None:
            linked[lender] = name
    lent = _lent(numbers, linked) if numbers is not None else {}
    for number in numbers.findall(qn("w:num")) if numbers is not None else ():
        name = number.get(qn("w:numId"))
        own = _value(number, "w:abstractNumId") or ""
        found.abstract[name] = lent.get(own, own)
        for override in number.findall(qn("w:lvlOverride")):
            start = _value(override, "w:startOverride")
            if start and start.isdigit():
                found.restarts.setdefault(name, {})[int(override.get(qn("w:ilvl"), "0"))] = int(start)
            if override.find(qn("w:lvl")) is not None:
                found.changed.setdefault(name, {}).update(_levels(override))
    return found


def _lent(numbers: Any, linked: dict[str, str]) -> dict[str, str]:
    """Definitions that only name a list style, and the definition of that style (17.9.21, 17.9.27)."""
    named = (
        (abstract.get(qn("w:abstractNumId")), _value(abstract, "w:numStyleLink"))
        for abstract in numbers.findall(qn("w:abstractNum"))
    )
    return {name: linked[style] for name, style in named if style in linked}


def _levels(abstract: Any) -> dict[int, _Level]:
    levels = {}
    for level in abstract.findall(qn("w:lvl")):
        start, restart = _value(level, "w:start") or "1", _value(level, "w:lvlRestart")
        levels[int(level.get(qn("w:ilvl"), "0"))] = _Level(
            int(start) if start.isdigit() else 1,
            _form(level),
            _value(level, "w:lvlText") or "",
            _value(level, "w:pStyle") or "",
            level.find(qn("w:isLgl")) is not None,
            int(restart) if restart is not None and restart.isdigit() else None,
        )
    return levels


def _form(level: Any) -> str:
    """The number format; Word puts one that an author made beside an ordinary one for older programs."""
    found = level.find(qn("w:numFmt"))
    if found is None:
        found = next(level.iter(qn("w:numFmt")), None)
    if found is None:
        return "decimal"
    form = str(found.get(qn("w:val"), "decimal"))
    made = LEADING_NOUGHTS.fullmatch(found.get(qn("w:format"), "")) if form == "custom" else None
    return f"{ZEROS}{len(made[1])}" if made else form


def _value(element: Any, tag: str) -> str | None:
    found = element.find(qn(tag)) if element is not None else None
    value = found.get(qn("w:val")) if found is not None else None
    return str(value) if value is not None else None
