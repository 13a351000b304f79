"""A text that has been read: documents, clauses, and walking them.

`ref` names a clause within one version by its labels: b 编, z 章, j 节, t 条, k 款, x 项, m 目, n （1）,
s 一、, p unlabelled paragraph, e closing line. 第十二条第二款第（三）项 is `t12.k2.x3`, 第十二条之一 is `t12_1`.
A 条 is named without its 章, since 条 are counted through. The first 款 is the 条 itself and its 项 hang
under the 条, so that a 款 added later leaves `t6.x1` where it was. A label that occurs twice gets ~2.

`anchor` names the words: equal words have equal anchors in all versions, whatever their number. What a
comment of one version means in the next is told by the version map (compare.py), never by `ref` alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from consultations.clauses.layout import solid


class Kind(StrEnum):
    """What a clause is (《立法法》第六十五条: 编、章、节、条、款、项、目)."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    HEADING = "heading"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    SUBITEM = "subitem"
    POINT = "point"


KIND_NAMES = {
    Kind.PART: "编",
    Kind.CHAPTER: "章",
    Kind.SECTION: "节",
    Kind.HEADING: "部分",
    Kind.ARTICLE: "条",
    Kind.PARAGRAPH: "款",
    Kind.ITEM: "项",
    Kind.SUBITEM: "目",
    Kind.POINT: "点",
}
CONTAINERS = (Kind.PART, Kind.CHAPTER, Kind.SECTION)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `label` and `heading` are as written; `number` is (12, 1) for 第十二条之一."""

    kind: Kind
    label: str
    number: tuple[int, int] | None
    heading: str
    text: str
    ref: str
    citation: str
    children: tuple[Clause, ...] = ()

    @property
    def own_words(self) -> str:
        """Heading and text without blanks, label and children."""
        return solid(self.heading + self.text)

    @property
    def all_words(self) -> str:
        """The words of the clause and of everything under it, labels left out."""
        return self.own_words + "".join(child.all_words for child in self.children)

    @property
    def anchor(self) -> str:
        """Twelve hex digits of the digest of its own words."""
        return hashlib.sha256(self.own_words.encode()).hexdigest()[:12]

    @property
    def line(self) -> str:
        """Label, heading and text as one line."""
        gap = "" if self.kind in (Kind.ITEM, Kind.SUBITEM, Kind.POINT, Kind.HEADING) else "　"
        words = "　".join(part for part in (self.heading, self.text) if part)
        return self.label + (gap if self.label and words else "") + words


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a text: what stands before its first clause, its clauses, and its closing lines."""

    title: str
    preamble: tuple[Clause, ...]
    clauses: tuple[Clause, ...]
    closing: tuple[Clause, ...] = ()

    def count(self, kind: Kind) -> int:
        """How many clauses of that kind it has."""
        return sum(placed.clause.kind == kind for placed in walk(self))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that has been read: its documents, and the lines before the first (the notice that sends them)."""

    cover: tuple[str, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause in the order of the text; `position` from 1, `depth` from 0, `parent` its ref or ""."""

    clause: Clause
    parent: str
    depth: int
    position: int


def walk(document: Document) -> list[Placed]:
    """Every clause, preamble and closing lines among them, in the order of the text."""
    found = []
    roots = (*document.preamble, *document.clauses, *document.closing)
    for position, (clause, parent, depth) in enumerate(_descend(roots, "", 0), 1):
        found.append(Placed(clause, parent, depth, position))
    return found


def find(document: Document, ref: str) -> Clause | None:
    """The clause of that ref."""
    return next((placed.clause for placed in walk(document) if placed.clause.ref == ref), None)


def text_of(read: Reading | Document | Clause) -> str:
    """The text again, one line for each title, label or paragraph: every non-blank character in order."""
    if isinstance(read, Reading):
        return "\n".join([*read.cover, *(text_of(document) for document in read.documents)])
    if isinstance(read, Document):
        lines = [read.title] if read.title else []
        return "\n".join([*lines, *(placed.clause.line for placed in walk(read))])
    return "\n".join(clause.line for clause, _, _ in _descend((read,), "", 0))


def _descend(clauses: tuple[Clause, ...], parent: str, depth: int) -> Iterator[tuple[Clause, str, int]]:
    for clause in clauses:
        yield clause, parent, depth
        yield from _descend(clause.children, clause.ref, depth + 1)
