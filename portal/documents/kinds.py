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


KINDS: dict[str, DocumentKind] = {}


def register(*kinds: DocumentKind) -> None:
    """Add kinds; called at import of an app's document_kinds."""
    for kind in kinds:
        KINDS[kind.code] = kind


def kind_of(code: str) -> DocumentKind:
    """The kind of that code; KeyError if there is none."""
    return KINDS[code]
