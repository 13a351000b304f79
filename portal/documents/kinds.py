"""The registry of document kinds; each app declares its own in document_kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class DocumentKind:
    """One kind of official document.

    `series` names the number series of a unit and year ("" for an unnumbered paper); `facts` are the merge
    fields that must be given; `sample` is a full set of them for render_sample and its test.
    `addressee` is whom the sample is addressed to ("" for nobody). `internal` papers are for the office; `confidential` ones are for somebody other than the applicant.
    """

    code: str
    title: str
    series: str
    template: str
    facts: tuple[str, ...]
    statute: str
    internal: bool = False
    confidential: bool = False
    sample: Mapping[str, Any] = field(default_factory=dict)
    addressee: str = "梁䶮"

    @property
    def numbered(self) -> bool:
        """True if papers of this kind carry an official number."""
        return bool(self.series)


@dataclass(frozen=True)
class Series:
    """One number series: its title, and the sign that takes the place of 公开 in a unit's word (玉政办公开 → 玉政办督);
    "" for disclosure, whose word is the unit's own."""

    code: str
    title: str
    mark: str


DISCLOSURE_SUFFIX = "公开"
KINDS: dict[str, DocumentKind] = {}
SERIES: dict[str, Series] = {}


def register(*kinds: DocumentKind) -> None:
    """Add kinds; called at import of an app's document_kinds."""
    for kind in kinds:
        KINDS[kind.code] = kind


def register_series(code: str, title: str, mark: str) -> None:
    """Add a number series; called at import of an app's document_kinds.

    Raises ValueError for a mark that another series has: two papers of a unit would carry the same number.
    """
    made = Series(code, title, mark)
    taken = [known for known in SERIES.values() if known.mark == mark and known.code != code]
    if taken or SERIES.get(code, made) != made:
        raise ValueError(f"the number series {code} ({mark!r}) is registered already")
    SERIES[code] = made


def number_word(unit_word: str, series: str) -> str:
    """The word before a number of a series, from the unit's own: 玉政办信 for papers to writers. KeyError for an unknown series."""
    mark = SERIES[series].mark
    return f"{unit_word.removesuffix(DISCLOSURE_SUFFIX)}{mark}" if mark else unit_word


def series_missing() -> list[str]:
    """The series of registered kinds that nobody has registered."""
    return sorted({kind.series for kind in KINDS.values() if kind.numbered} - set(SERIES))


def kind_of(code: str) -> DocumentKind:
    """The kind of that code; KeyError if there is none."""
    return KINDS[code]
